"""Keys in turn: a key is sent where the one before it has led, also when they come faster."""

from __future__ import annotations

from collections import deque
from contextlib import suppress
from time import monotonic

from textual import events
from textual.app import App, ScreenStackError
from textual.message import Message
from textual.timer import Timer
from textual.widget import Widget

ROUNDS = 3
"""Ways up that are waited for: the key's own, and those of what it has widgets tell each other."""
LOOK_S = 0.03
"""How often it is looked whether the widget that got the key is still there."""
LONGEST_S = 2.0
"""Time after which the next key is sent on, whatever became of the one before."""


class KeyDealtWith(Message):
    """Follows a key on its way from the widget with the focus up to the app."""

    rounds = 1


class KeysInTurn(App[None]):
    """An app that sends a key on when everything that the key before it does is done.

    Textual hands a key to the widget that has the focus as it comes; the bindings of the screen
    are looked at when it has come back up to the app. Somebody who types a number right after the
    Enter that opens its field would have the digits read by what had the focus before.
    """

    def __init__(self) -> None:
        super().__init__()
        self.pressed_at = float("-inf")
        """When the last key came or was dealt with, by the monotonic clock."""
        self._keys: deque[events.Key] = deque()
        self._under_way: KeyDealtWith | None = None
        self._key_goes_to: Widget | None = None
        self._key_since = 0.0
        self._key_watch: Timer | None = None

    @property
    def holds_keys(self) -> bool:
        """Whether keys are meant for something that was asked for and is not there yet."""
        return False

    async def on_event(self, event: events.Event) -> None:
        """Let a key wait for the one before it."""
        if not isinstance(event, events.Key) or event.is_forwarded:
            await super().on_event(event)
            return
        self.pressed_at = monotonic()
        self._keys.append(event)
        if self._under_way is None:
            await self._next_key()

    async def _next_key(self) -> None:
        if self._key_watch is not None:
            self._key_watch.stop()
        if self._under_way is not None:
            self.pressed_at = monotonic()
        self._under_way = None
        if not self._keys:
            return
        self._under_way, self._key_since = KeyDealtWith(), monotonic()
        self._key_watch = self.set_interval(LOOK_S, self._look_after_key)
        if self.holds_keys:
            self._key_goes_to = None
            return
        self._key_goes_to = self.focused or self.screen
        await super().on_event(self._keys.popleft())
        self._key_goes_to.post_message(self._under_way)

    async def _look_after_key(self) -> None:
        """Send the next key on when the one before took its widget away, or takes too long."""
        if self._key_goes_to is None and self.holds_keys:
            return
        there = self._key_goes_to
        with suppress(ScreenStackError):  # the app is being left
            gone = there is None or not there.is_attached or there.screen is not self.screen
            late = monotonic() - self._key_since > LONGEST_S
            if late or (gone and self.screen.is_mounted):
                await self._next_key()

    def on_key_dealt_with(self, message: KeyDealtWith) -> None:
        """The key has been at every widget and at the app: now for what it asked to be done."""
        there = self._key_goes_to
        if message is not self._under_way or there is None or not self.screen.is_mounted:
            return  # a dialog that is only coming is waited for
        if message.rounds >= ROUNDS:
            self.call_later(self._next_key)
            return
        self._under_way = KeyDealtWith()
        self._under_way.rounds = message.rounds + 1
        there.post_message(self._under_way)
