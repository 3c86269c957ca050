"""Fields read from JSON, each of the type that it must have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

T = TypeVar("T", str, int)

_MUST_BE = {str: "text", int: "a whole number"}


class Fields:
    """The fields of a JSON object; those that nobody asks for are left alone."""

    def __init__(self, found: Any) -> None:
        """Take what was read.

        Raises:
            ValueError: it is no object.
        """
        if not isinstance(found, dict):
            raise ValueError(f"{_shown(found)} is no JSON object")
        self._found: Mapping[str, Any] = found

    def raw(self, name: str) -> Any:
        """A field as it is.

        Raises:
            ValueError: it is missing.
        """
        if name not in self._found:
            raise ValueError(f"'{name}' is missing")
        return self._found[name]

    def text(self, name: str, default: str | None = None) -> str:
        """A field of text.

        Raises:
            ValueError: it is something else, or missing without a default.
        """
        return _checked(name, self._value(name, default), str)

    def number(self, name: str, default: int | None = None) -> int:
        """A field with a whole number that is not below zero.

        Raises:
            ValueError: it is something else, or missing without a default.
        """
        return _checked(name, self._value(name, default), int)

    def flag(self, name: str, default: bool) -> bool:
        """A field that is true or false.

        Raises:
            ValueError: it is something else.
        """
        value = self._value(name, default)
        if not isinstance(value, bool):
            raise ValueError(f"'{name}' is {_shown(value)}; it must be true or false")
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """A field with a list of text.

        Raises:
            ValueError: it is something else, or missing.
        """
        value = self.raw(name)
        if not isinstance(value, list):
            raise ValueError(f"'{name}' is {_shown(value)}; it must be a list")
        return tuple(_checked(name, one, str) for one in value)

    def table(
        self, name: str, kind: type[T], default: Mapping[str, T] | None = None
    ) -> dict[str, T]:
        """A field with values of one kind by name.

        Raises:
            ValueError: it is something else, or missing without a default.
        """
        value = self._value(name, default)
        if not isinstance(value, dict):
            raise ValueError(f"'{name}' is {_shown(value)}; it must be an object")
        return {_checked(name, key, str): _checked(name, one, kind) for key, one in value.items()}

    def _value(self, name: str, default: Any) -> Any:
        return self.raw(name) if default is None else self._found.get(name, default)


def _checked(name: str, value: Any, kind: type[T]) -> T:
    if type(value) is not kind or (type(value) is int and value < 0):
        raise ValueError(f"'{name}' is {_shown(value)}; it must be {_MUST_BE[kind]}")
    if isinstance(value, str):
        # Half a sign, which JSON can write and nothing can show or store.
        value.encode()
    return value


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 40 else f"{text[:40]}…"
