"""The paper's name where it stands as a line of its own at the end of a report."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bot.clean import wording
from bot.clean.blocks import Block

_MAX_WORDS = 6
_LABEL = re.compile(r"(?:publisher|published (?:by|in)|source|from|via|courtesy of) ?:? ", re.I)


def publisher(blocks: Sequence[Block], taken: Mapping[int, str]) -> tuple[int, str] | None:
    """Return index and name of the last line when it names a paper, None otherwise.

    The line is short, in title case, without sentence end, after prose or other left-out lines; a
    quotation or an item of a list is none. Without a word that papers carry in their names it must
    follow a paragraph of prose directly.
    """
    free = [i for i in range(len(blocks)) if i not in taken]
    if len(free) < 2:
        return None
    last = free[-1]
    block, above = blocks[last], blocks[free[-2]]
    named = _LABEL.match(block.plain)
    name = block.plain[named.end() :] if named else block.plain
    if not _is_name(block, name):
        return None
    if (
        named
        or wording.words("publishers", "words").intersection(name.lower().split())
        or (above.ended and above.words > 12)
    ):
        return last, name.rstrip(".")
    return None


def _is_name(block: Block, name: str) -> bool:
    if block.is_quotation or block.text[0] in "-*•[(#" or re.search(r"[?!:;,…\"]|\.$|\d", name):
        return False
    words = name.split()
    if not 1 <= len(words) <= _MAX_WORDS:
        return False
    small = wording.words("publishers", "small")
    return all(w[0].isupper() or w.lower() in small for w in words) and words[0][0].isupper()
