"""What an article says of itself: that somebody paid for it, that it is an opinion."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.clean import wording
from bot.clean.blocks import Block
from bot.models import Flag, FlagKind, Span

_HEAD_BLOCKS = 8
_LABEL_WORDS = 8
_KINDS = ((FlagKind.SPONSORED, "sponsored"), (FlagKind.OPINION, "opinion"))
_WINDOW = 2000
_BLANKS = str.maketrans("\n\r\t\xa0", "    ")
_SENTENCE_BREAK = re.compile(r"[.!?]['\"”’)]*\s+|\n")


def flags(blocks: Sequence[Block], outside: Sequence[int]) -> tuple[Flag, ...]:
    """Return the flags with the label or sentence that says so.

    Labels count among the first blocks and among those `outside` the report (masked ones); a sentence
    counts when it speaks of this article. The first of each kind stands for all.
    """
    found: dict[FlagKind, Span] = {}
    left_out = set(outside)
    for i, block in enumerate(blocks):
        if block.is_quotation:
            continue
        if i < _HEAD_BLOCKS or i in left_out:
            _labels(block, found, first=i == 0)
        _sentences(block, found)
    return tuple(sorted((Flag(kind, span) for kind, span in found.items()), key=lambda flag: flag.span))


def _labels(block: Block, found: dict[FlagKind, Span], *, first: bool) -> None:
    line = block.plain.lower()
    for kind, name in _KINDS:
        match = wording.pattern("flags", f"{name}_label").match(line.rstrip(" .:"))
        if (
            match
            and kind not in found
            and (block.words <= _LABEL_WORDS or (first and match.end() < len(line)))
        ):
            found[kind] = block.span


def _sentences(block: Block, found: dict[FlagKind, Span]) -> None:
    text = block.text[:_WINDOW]
    lower = text.translate(_BLANKS).lower()
    for kind, name in _KINDS:
        match = None if kind in found else wording.pattern("flags", f"{name}_sentence").search(lower)
        if match:
            found[kind] = _sentence(block, text, match.start())


def _sentence(block: Block, text: str, at: int) -> Span:
    start, end = 0, len(text)
    for border in _SENTENCE_BREAK.finditer(text):
        if border.end() <= at:
            start = border.end()
        elif border.start() >= at:
            end = border.end() - len(text[border.start() : border.end()]) + len(border.group().rstrip())
            break
    return Span(block.span.start + start, block.span.start + end)
