"""The command palette: everything that a key does here, by its name, and every measure."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from typing import NamedTuple

from textual.binding import ActiveBinding
from textual.command import DiscoveryHit, Hit, Hits, Provider

from tui.shell.shell import Shell


class Command(NamedTuple):
    """Something that can be done now."""

    name: str
    help: str
    run: Callable[[], Awaitable[object] | object]


class KeyCommands(Provider):
    """What the keys of the screen and of the app do, found by words instead of keys."""

    async def discover(self) -> Hits:
        """Everything, before anything is typed."""
        for one in self._commands():
            yield DiscoveryHit(one.name, one.run, help=one.help)

    async def search(self, query: str) -> Hits:
        """What matches the words typed, in its name or in what it does."""
        matcher = self.matcher(query)
        for one in self._commands():
            score = max(matcher.match(one.name), 0.8 * matcher.match(one.help))
            if score > 0.0:
                yield Hit(score, matcher.highlight(one.name), one.run, help=one.help)

    def _commands(self) -> Iterator[Command]:
        seen: set[str] = set()
        for active in self.screen.active_bindings.values():
            binding = active.binding
            # Keys without an id are those by which a widget is moved about in: no commands.
            if active.enabled and binding.id and binding.id not in seen:
                seen.add(binding.id)
                key = self.app.get_key_display(binding)
                name = f"{binding.description}  ({key})"
                yield Command(name, active.tooltip, partial(self._run, active))
        yield Command(
            "New scenario from records",
            "From an export of your telephone system, with a report and a backtest",
            partial(self.app.run_action, "app.from_records"),
        )
        yield Command(
            "Save a picture of the screen",
            "As an SVG file among your downloads",
            self.app.action_screenshot,
        )

    async def _run(self, active: ActiveBinding) -> None:
        await self.app.run_action(active.binding.action, active.node)


class MeasureCommands(Provider):
    """Every measure's equation, found by its title or name."""

    async def search(self, query: str) -> Hits:
        """The measures that match the words typed."""
        from results.measures.registry import MEASURES

        matcher = self.matcher(query)
        app = self.app
        assert isinstance(app, Shell)
        for measure in MEASURES.values():
            score = max(matcher.match(measure.title), matcher.match(measure.name))
            if score > 0.0:
                title = matcher.highlight(measure.title)
                yield Hit(
                    0.7 * score,
                    title,
                    partial(app.show_measure, measure.name),
                    help=measure.equation,
                )
