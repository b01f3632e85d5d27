"""Who wrote it: lines with the authors' names at the head of a report, credits of reporters at its end."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bot.clean import dates, wording
from bot.clean.blocks import Block

_HEAD_BLOCKS = 9
_TAIL_BLOCKS = 6
_PARTICLE = r"(?:(?:van|von|der|den|de|del|della|di|da|dos|du|la|le|el|al|bin|ibn|ter|ten|zu|af|y) ){0,3}"
_WORD = r"[^\W\d_a-z][\w.'’-]*"
_NAME = rf"(?:(?:[Dd]r|Prof|Sir|Dame|Lord|Lady)\.? )?{_WORD}(?: {_PARTICLE}{_WORD}){{0,3}}"
_AND = r"(?: ?, ?(?:and )?| (?:and|und|&|with) | ?\| ?)"
_BY = re.compile(
    r"(?:(?:Written|Words|Text|Story|Report|Analysis|Opinion|Review|Interview|Reported) by"
    r"|[Bb]y|BY|Von|Authors?|Text|Words) ?:? "
    rf"(?P<names>{_NAME}(?:{_AND}{_NAME}){{0,6}})(?P<rest>[^.!?]{{0,90}})\.?$"
)
_REPORTERS = re.compile(rf"\(?(?:Reporting|Written|Reported) by (?P<names>{_NAME}(?:{_AND}{_NAME}){{0,6}})")
_BETWEEN = re.compile(r" ?, ?and |,| and | und | & | with |\|")
_AFTER_NAMES = re.compile(
    r"(?i)\s*$|\s*[,|•·(/-]|\s+(?:in|at|for|of|from|and)\s|\s+(?:[a-z]+\s+){0,3}(?:correspondent|writer|editor|reporter|columnist|staff)\b"
)


class Byline(NamedTuple):
    """Lines that name who wrote the report: index → rule, and the names."""

    marked: dict[int, str]
    authors: tuple[str, ...]


def bylines(blocks: Sequence[Block], taken: Mapping[int, str]) -> Byline:
    """Find the lines that name authors and reporters among the first and last blocks not yet `taken`."""
    free = [i for i in range(len(blocks)) if i not in taken]
    marked: dict[int, str] = {}
    authors: tuple[str, ...] = ()
    for i in free[:_HEAD_BLOCKS]:
        block = blocks[i]
        if block.words > 25 or block.is_quotation:
            continue
        names = _names(block)
        if (
            names
            or wording.pattern("bylines", "staff").match(block.plain.lower())
            or _is_role(blocks, i, marked)
        ):
            marked[i] = "byline"
            authors = authors or names
        elif i and not authors and _is_bare_name(blocks, i):
            marked[i] = "byline"
            authors = (block.plain,)
    for i in free[-_TAIL_BLOCKS:]:
        block = blocks[i]
        if (
            i not in marked
            and block.words <= 60
            and not block.is_quotation
            and wording.pattern("bylines", "credit").match(block.plain.lower())
        ):
            marked[i] = "byline"
            authors = authors or _credited(block)
    return Byline(marked, authors)


def _names(block: Block) -> tuple[str, ...]:
    match = _BY.match(block.plain)
    if not match or not _AFTER_NAMES.match(match["rest"]):
        return ()
    names = [name.strip(" ,") for name in _BETWEEN.split(match["names"])]
    first = names[0].split()
    if first[0].lower().rstrip(".,") in wording.words("bylines", "no_name"):
        return ()
    if len(first) == 1 and (match["rest"].strip() or block.plain.endswith(".")):
        return ()
    role = wording.pattern("bylines", "role")
    return tuple(_cased(name) for name in names if name and not role.match(name.lower()))


def _cased(name: str) -> str:
    """Return a name in capitals as one in title case; others stay."""
    return name.title() if name.isupper() and len(name) > 4 else name


def _credited(block: Block) -> tuple[str, ...]:
    match = _REPORTERS.match(block.plain)
    return tuple(name.strip(" ,") for name in _BETWEEN.split(match["names"]) if name.strip()) if match else ()


def _is_role(blocks: Sequence[Block], i: int, marked: Mapping[int, str]) -> bool:
    """Say whether the line is a writer's role under the byline."""
    return (
        i - 1 in marked
        and blocks[i].words <= 8
        and bool(wording.pattern("bylines", "role").match(blocks[i].plain.lower()))
    )


def _is_bare_name(blocks: Sequence[Block], i: int) -> bool:
    """Say whether the line is a name alone that a role or a date follows."""
    block = blocks[i]
    if not 2 <= block.words <= 4 or i + 1 >= len(blocks) or not re.fullmatch(_NAME, block.plain):
        return False
    after = blocks[i + 1]
    return dates.of_line(after)[0] or (
        after.words <= 8 and bool(wording.pattern("bylines", "role").match(after.plain.lower()))
    )
