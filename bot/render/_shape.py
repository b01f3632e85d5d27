"""A small language for the shape of JSON values, and the one function that judges a value by it.

`bot.render._blockkit` writes Slack's rules down in this language; `bot.render.validate` asks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import singledispatch
from typing import Any

Rule = Callable[[Mapping[str, Any]], Iterator[str]]


@dataclass(frozen=True, slots=True)
class Str:
    """A string of `least` to `most` characters that matches `pattern` completely, where one is given."""

    most: int = 3000
    least: int = 1
    pattern: str | None = None
    like: str = ""


@dataclass(frozen=True, slots=True)
class Int:
    """An integer within a closed range; true and false are not integers."""

    least: int = 0
    most: int = 2**53


@dataclass(frozen=True, slots=True)
class Flag:
    """true or false."""


@dataclass(frozen=True, slots=True)
class Word:
    """One of the given strings."""

    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Many:
    """A list of `least` to `most` items of one shape."""

    item: Shape
    most: int
    least: int = 1


@dataclass(frozen=True, slots=True)
class Obj:
    """An object: required and optional fields, nothing else; `rules` see the whole of it."""

    required: Fields = field(default_factory=dict)
    optional: Fields = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """An object whose `type` chooses its shape; `what` names the family in the sentence of a fault."""

    what: str
    shapes: Mapping[str, Obj]


Fields = Mapping[str, "Shape"]
Shape = Str | Int | Flag | Word | Many | Obj | Kind


@singledispatch
def faults(shape: object, value: Any, path: str) -> Iterator[str]:
    """Yield a sentence for each way in which `value`, found at `path`, breaks `shape`."""
    raise TypeError(f"{shape!r} is not a shape")


@faults.register
def _(shape: Str, value: Any, path: str) -> Iterator[str]:
    if not isinstance(value, str):
        yield f"{path}: must be a string"
    elif len(value) < shape.least:
        yield f"{path}: must have at least {shape.least} character(s)"
    elif len(value) > shape.most:
        yield f"{path}: has {len(value)} characters, at most {shape.most} are allowed"
    elif shape.pattern and not re.fullmatch(shape.pattern, value, re.S):
        yield f"{path}: {value[:60]!r} is not {shape.like}"


@faults.register
def _(shape: Int, value: Any, path: str) -> Iterator[str]:
    if not isinstance(value, int) or isinstance(value, bool):
        yield f"{path}: must be an integer"
    elif not shape.least <= value <= shape.most:
        yield f"{path}: {value} is not within {shape.least} to {shape.most}"


@faults.register
def _(shape: Flag, value: Any, path: str) -> Iterator[str]:
    if not isinstance(value, bool):
        yield f"{path}: must be true or false"


@faults.register
def _(shape: Word, value: Any, path: str) -> Iterator[str]:
    if value not in shape.choices:
        yield f"{path}: {value!r} is not one of {', '.join(shape.choices)}"


@faults.register
def _(shape: Many, value: Any, path: str) -> Iterator[str]:
    if not isinstance(value, list):
        yield f"{path}: must be a list"
        return
    if not shape.least <= len(value) <= shape.most:
        yield f"{path}: has {len(value)} items, {shape.least} to {shape.most} are allowed"
    for number, item in enumerate(value):
        yield from faults(shape.item, item, f"{path}[{number}]")


@faults.register
def _(shape: Obj, value: Any, path: str) -> Iterator[str]:
    if not isinstance(value, Mapping):
        yield f"{path}: must be an object"
        return
    found = list(_fields(shape, value, path))
    yield from found
    if not found:  # a rule may trust the fields that it reads
        yield from (f"{path}: {fault}" for rule in shape.rules for fault in rule(value))


def _fields(shape: Obj, value: Mapping[str, Any], path: str) -> Iterator[str]:
    for name in shape.required:
        if name not in value:
            yield f"{path}: {name} is missing"
    known = {**shape.required, **shape.optional}
    for name, inner in value.items():
        if name in known:
            yield from faults(known[name], inner, f"{path}.{name}")
        else:
            yield f"{path}: unknown field {name!r}"


@faults.register
def _(shape: Kind, value: Any, path: str) -> Iterator[str]:
    kind = value.get("type") if isinstance(value, Mapping) else None
    if isinstance(kind, str) and kind in shape.shapes:
        yield from faults(shape.shapes[kind], value, path)
    elif isinstance(value, Mapping):
        yield f"{path}: {kind!r} is not {shape.what} that may stand here"
    else:
        yield f"{path}: must be an object"
