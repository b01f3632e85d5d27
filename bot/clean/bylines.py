"""Who wrote it: the lines at the head of a report that name its authors, or the agency it comes from."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bot.clean import dates, names, wording
from bot.clean.blocks import Block

_HEAD_BLOCKS = 9
_WORDS = 25
_BY = re.compile(
    r"(?:(?P<verb>(?:Written|Words|Text|Story|Report|Analysis|Opinion|Review|Interview|Reported) by)"
    r"|[Bb]y|BY|Von|Authors?|Text|Words) ?:? "
    rf"(?P<names>{names.NAMES})(?P<rest>[^.!?]{{0,90}})\.?$"
)
_AFTER_NAMES = re.compile(
    r"(?i)\s*$|\s*[,|•·(/-]|\s+(?:in|at|for|of|from|and)\s"
    r"|\s+(?:[a-z]+\s+){0,3}(?:correspondent|writer|editor|reporter|columnist|staff)\b"
)


class Byline(NamedTuple):
    """Lines that name who wrote the report: index → rule, the people, and the agency."""

    marked: dict[int, str]
    authors: tuple[str, ...]
    agency: str | None


def bylines(blocks: Sequence[Block], taken: Mapping[int, str]) -> Byline:
    """Find the bylines among the first blocks that are not yet `taken`, and analysts' ones anywhere."""
    free = [i for i in range(len(blocks)) if i not in taken]
    marked: dict[int, str] = {}
    people: list[str] = []
    for n, i in enumerate(free):
        block = blocks[i]
        if block.words > _WORDS or block.is_quotation:
            continue
        found = _named(block, head=n < _HEAD_BLOCKS)
        if n < _HEAD_BLOCKS and not found and n and not people and _stands_alone(blocks, i):
            found = names.split(block.plain)
        if found or (n < _HEAD_BLOCKS and (_is_staff(block) or _is_role(blocks, i, marked))):
            marked[i] = "byline"
            people += found if n < _HEAD_BLOCKS and not people else ()
    outlets = wording.words("publishers", "words")
    agencies = [name for name in people if set(name.lower().split()) & outlets]
    return Byline(marked, tuple(p for p in people if p not in agencies), agencies[0] if agencies else None)


def _named(block: Block, *, head: bool) -> tuple[str, ...]:
    match = _BY.match(block.plain)
    if not match or not _AFTER_NAMES.match(match["rest"]) or not (head or match["verb"]):
        return ()
    first = match["names"].split(",")[0].split()
    if first[0].lower().rstrip(".,") in wording.words("bylines", "no_name"):
        return ()
    if len(first) == 1 and (match["rest"].strip() or block.plain.endswith(".")):
        return ()
    return names.split(match["names"])


def _is_staff(block: Block) -> bool:
    return bool(wording.pattern("bylines", "staff").match(block.plain.lower()))


def _is_role(blocks: Sequence[Block], i: int, marked: Mapping[int, str]) -> bool:
    """Say whether the line is a writer's role under the byline."""
    return i - 1 in marked and _names_role(blocks[i])


def _names_role(block: Block) -> bool:
    return block.words <= 8 and bool(wording.pattern("bylines", "role").match(block.plain.lower()))


def _stands_alone(blocks: Sequence[Block], i: int) -> bool:
    """Say whether the line holds names and nothing else, and a date or a role follows it."""
    block = blocks[i]
    if not 2 <= block.words <= 14 or i + 1 >= len(blocks) or not names.NAMES_IN_PLACES.fullmatch(block.plain):
        return False
    if block.words > 4 and " in " not in block.plain:
        return False
    starts = block.plain.split()[0].lower()
    if starts in wording.words("publishers", "small") or starts in wording.words("bylines", "no_name"):
        return False
    return dates.of_line(blocks[i + 1])[0] or _names_role(blocks[i + 1])
