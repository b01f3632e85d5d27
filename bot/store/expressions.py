"""Boolean questions to the full-text index, as values, and how each engine writes them; pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Word(NamedTuple):
    """A token with its namespace."""

    token: str


class Phrase(NamedTuple):
    """Tokens of the content that follow one another."""

    tokens: tuple[str, ...]


class Near(NamedTuple):
    """Two tokens of the content, in either order, with at most `between` others between them."""

    first: str
    second: str
    between: int


@dataclass(frozen=True, slots=True)
class Every:
    """All of these."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class OneOf:
    """At least one of these."""

    parts: tuple[Expression, ...]


Expression = Word | Phrase | Near | Every | OneOf
_SIGNS = {"sqlite": ('"', " ", " AND ", " OR "), "postgresql": ("'", "", " & ", " | ")}


def rendered(expression: Expression, before: str, dialect: str) -> str:
    """Return the engine's own query; every token is quoted and comes after `before` (`passages.prefix`)."""
    quote, _, both, either = _SIGNS[dialect]
    match expression:
        case Word(token):
            return f"{quote}{before}{token}{quote}"
        case Phrase(tokens) if dialect == "sqlite":
            return '"' + " ".join(f"{before}{t}" for t in tokens) + '"'
        case Phrase(tokens):
            return "(" + " <-> ".join(f"'{before}{t}'" for t in tokens) + ")"
        case Near(first, second, between) if dialect == "sqlite":
            return f'NEAR("{before}{first}" "{before}{second}", {between})'
        case Near(first, second, between):
            one, other = f"'{before}{first}'", f"'{before}{second}'"
            orders = ((one, other), (other, one))
            ways = (f"{a} <{n}> {b}" for n in range(1, between + 2) for a, b in orders)
            return "(" + " | ".join(ways) + ")"
        case Every(parts):
            return "(" + both.join(rendered(p, before, dialect) for p in parts) + ")"
        case OneOf(parts):
            return "(" + either.join(rendered(p, before, dialect) for p in parts) + ")"
