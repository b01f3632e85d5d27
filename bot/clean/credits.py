"""Who else worked on it: credits of reporters and editors at the end, and lines about the author."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bot.clean import names, wording
from bot.clean.blocks import Block

_TAIL_BLOCKS = 6
_HEAD_BLOCKS = 6
_WORDS = 60
_REPORTERS = re.compile(rf"\(?(?:Reporting|Written|Reported) by (?P<names>{names.NAMES})")
_ABOUT = (
    r"(?:is|was|has|covers|reports|writes|teaches|heads|directs|leads|joined|works|serves|lives|studies)\b"
)


class Credits(NamedTuple):
    """Lines at the end (and about the author) that are no report: index → rule; the reporters named."""

    marked: dict[int, str]
    authors: tuple[str, ...]


def credits_of(blocks: Sequence[Block], taken: Mapping[int, str], authors: Sequence[str]) -> Credits:
    """Find credits among the last blocks, and lines about `authors` at either end of the report."""
    free = [i for i in range(len(blocks)) if i not in taken]
    marked: dict[int, str] = {}
    found: tuple[str, ...] = ()
    for i in free[-_TAIL_BLOCKS:]:
        block = blocks[i]
        if _is_short(block) and wording.pattern("bylines", "credit").match(block.plain.lower()):
            marked[i] = "byline"
            reporters = _REPORTERS.match(block.plain)
            found = found or (names.split(reporters["names"]) if reporters else ())
    about = _about([*authors, *found])
    for i in {*free[:_HEAD_BLOCKS], *free[-_TAIL_BLOCKS:]} if about else ():
        if i not in marked and _is_short(blocks[i]) and about and about.match(blocks[i].plain):
            marked[i] = "about the author"
    return Credits(marked, found)


def _is_short(block: Block) -> bool:
    return block.words <= _WORDS and not block.is_quotation and '"' not in block.plain


def _about(authors: Sequence[str]) -> re.Pattern[str] | None:
    """Return the pattern of a line that begins with an author's name or surname and tells who that is."""
    full = [re.escape(name) for name in authors if " " in name]
    if not full:
        return None
    last = [re.escape(name.split()[-1]) for name in authors if " " in name]
    titled = rf"(?:Mr|Ms|Mrs|Dr|Prof|Professor|Sir|Dame)\.? (?:{'|'.join(last)})"
    return re.compile(rf"(?:{'|'.join(full)}|{titled})(?: \([^)]{{2,40}}\)|, [^,]{{2,60}},)? {_ABOUT}")
