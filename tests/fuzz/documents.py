"""Scenario files with something wrong in them, made from those that work."""

import copy
import random
import sys
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from scenarios import list_scenarios, load, load_text, path_of
from scenarios.files.documents import full_document
from scenarios.files.toml_text import value_text
from scenarios.save import dump
from scenarios.templates import templates
from tests.fuzz import texts
from tests.fuzz.texts import Raw
from tests.support import hostile_names
from tests.support.command_line import SHOP as CORNER_SHOP
from tests.support.scenario_texts import SHOP

Document = dict[str, Any]


@cache
def bases() -> tuple[str, ...]:
    """The scenario files that are changed: the shipped ones, templates and some of the tests."""
    shipped = (_alone(one.name) for one in list_scenarios())
    return (*shipped, *templates().values(), hostile_names.scenario(), CORNER_SHOP, SHOP)


def _alone(name: str) -> str:
    """A shipped scenario in one file; tables beside it would not be where the case is written."""
    text = path_of(name).read_text(encoding="utf-8")
    return dump(load(name)) if '.csv"' in text else text


@cache
def _in_full(text: str) -> str:
    """A scenario with every default written out, so that each can be changed."""
    return written(full_document(load_text(text)))


def any_base(rng: random.Random) -> Document:
    """One of them as tables; one in four with every default."""
    text = rng.choice(bases())
    return tomllib.loads(_in_full(text) if rng.random() < 0.25 else text)


def scenario_file(rng: random.Random) -> bytes:
    """A scenario file with a few things changed in its tables, or in its bytes."""
    if rng.random() < 0.15:
        return texts.damaged(rng, rng.choice(bases()).encode())
    document = any_base(rng)
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        rng.choice(_CHANGES)(rng, document)
    text = written(document).encode("utf-8", "surrogatepass")
    return texts.damaged(rng, text) if rng.random() < 0.05 else text


def written(document: Document) -> str:
    """The document as TOML, each key of the top on one line."""
    usual = sys.getrecursionlimit()
    # What is nested deeper than Python goes has to be written, and is then for the program to read.
    sys.setrecursionlimit(20 * usual)
    try:
        return "".join(f"{_key(key)} = {_value(value)}\n" for key, value in document.items())
    finally:
        sys.setrecursionlimit(usual)


def _key(name: str) -> str:
    return name if isinstance(name, Raw) else value_text(name)


def _value(value: Any) -> str:
    if isinstance(value, Raw):
        return str(value)
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{_key(k)} = {_value(v)}' for k, v in value.items())} }}"
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    return value_text(value)


def places(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The way to every value."""
    inside = value.items() if isinstance(value, dict) else enumerate(value)
    for key, entry in inside:
        yield (*path, key)
        if isinstance(entry, dict | list):
            yield from places(entry, (*path, key))


def _somewhere(rng: random.Random, document: Document) -> tuple[Any, str | int]:
    """A table or list, and a key in it."""
    path = rng.choice(list(places(document)) or [("title",)])
    table: Any = document
    for part in path[:-1]:
        table = table[part]
    return table, path[-1]


def _some_table(rng: random.Random, document: Document) -> Document:
    tables = [document]
    for path in places(document):
        value: Any = document
        for part in path:
            value = value[part]
        if isinstance(value, dict):
            tables.append(value)
    return rng.choice(tables)


def _another_value(rng: random.Random, document: Document) -> None:
    table, key = _somewhere(rng, document)
    table[key] = texts.value(rng)


def _another_number(rng: random.Random, document: Document) -> None:
    for _ in range(20):
        table, key = _somewhere(rng, document)
        if table and isinstance(table[key], int | float):
            table[key] = rng.choice(texts.NUMBERS)
            return


def _nothing(rng: random.Random, document: Document) -> None:
    table, key = _somewhere(rng, document)
    if table:
        del table[key]


def _unknown_key(rng: random.Random, document: Document) -> None:
    table, key = _somewhere(rng, document)
    if isinstance(table, dict) and rng.random() < 0.5:
        key = f"{key}"
        at = rng.randrange(len(key) + 1)
        table[key[:at] + rng.choice(("x", "_", " ", key[:1])) + key[at + 1 :]] = table.get(key, 1)
        return
    into = _some_table(rng, document)
    into[rng.choice((texts.letters(rng), str(key), ""))] = texts.value(rng)


def _another_name(rng: random.Random, document: Document) -> None:
    table, key = _somewhere(rng, document)
    if isinstance(table, dict) and table:
        new = rng.choice((texts.name(rng), rng.choice(list(table))))
        table[new] = table.pop(key)


def _twice(rng: random.Random, document: Document) -> None:
    table, key = _somewhere(rng, document)
    if isinstance(table, list):
        table += [table[key]] * rng.choice((1, 2, 100))
    elif table:
        table[texts.name(rng)] = copy.deepcopy(table[key])


def _within_itself(rng: random.Random, document: Document) -> None:
    table, key = _somewhere(rng, document)
    if not table:
        return
    depth = rng.choice((1, 2, 30, 300))
    for _ in range(depth):
        table[key] = rng.choice(([table[key]], {str(key): table[key]}, {"csv": table[key]}))


def _elsewhere(rng: random.Random, document: Document) -> None:
    table, key = _somewhere(rng, document)
    if table:
        _some_table(rng, document)[str(key)] = copy.deepcopy(table[key])


def _exchanged(rng: random.Random, document: Document) -> None:
    (one, key), (other, another) = _somewhere(rng, document), _somewhere(rng, document)
    if one and other:
        first, second = copy.deepcopy(one[key]), copy.deepcopy(other[another])
        one[key], other[another] = second, first


def _another_policy(rng: random.Random, document: Document) -> None:
    policies = document.setdefault("policies", {})
    if not isinstance(policies, dict):
        return
    paths = list(places(document)) or [("title",)]
    changes = {}
    for _ in range(rng.choice((1, 1, 3))):
        path = [*map(str, rng.choice(paths)), *rng.choice(((), (), ("x",), ("0",)))]
        sign = rng.choice(("", "", "", " +=", " *=", " /="))
        changes[".".join(path) + sign] = texts.value(rng)
    remove = [".".join(map(str, rng.choice(paths))) for _ in range(rng.choice((0, 0, 1, 2)))]
    policies[texts.name(rng)] = {"changes": changes, **({"remove": remove} if remove else {})}


_CHANGES: tuple[Callable[[random.Random, Document], None], ...] = (
    *(_another_value, _another_value, _another_number, _another_number, _nothing, _nothing),
    *(_unknown_key, _another_name, _twice, _within_itself, _elsewhere, _exchanged),
    *(_another_policy, _another_policy),
)
