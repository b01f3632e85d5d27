"""Labels that speak for what follows: a notice takes the tail, "why we wrote this" its next paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.clean import wording
from bot.clean.blocks import Block

_TAIL_FROM = 0.4
_LINK_WORDS = 22
_TRIM = " .:!…>»|-"


def labelled(blocks: Sequence[Block]) -> dict[int, str]:
    """Return index → rule for every label and for the blocks it speaks for."""
    found: dict[int, str] = {}
    total = blocks[-1].span.end if blocks else 0
    for i, block in enumerate(blocks):
        if i in found or block.words > 8:
            continue
        label = block.plain.lower().strip(_TRIM)
        if wording.pattern("labels", "notice").match(label):
            in_tail = block.span.start >= _TAIL_FROM * total
            found |= dict.fromkeys(range(i, len(blocks) if in_tail else min(i + 2, len(blocks))), "notice")
        elif wording.pattern("labels", "own_words").match(label):
            found |= dict.fromkeys(range(i, min(i + 2, len(blocks))), "label")
        elif wording.pattern("labels", "links").match(label):
            found |= dict.fromkeys(range(i, _end_of_links(blocks, i)), "recommended")
    return found


def _end_of_links(blocks: Sequence[Block], label: int) -> int:
    """Return the index after the last link that follows the label.

    A headline that prose follows may be the next subheading; it counts as a link only when it hangs on
    the label without an empty line.
    """
    end = label + 1
    while end < len(blocks) and _may_be_link(blocks[end]):
        end += 1
    last = end - 1
    if last > label and end < len(blocks) and (blocks[last].gap or blocks[end].gap is False):
        return last if blocks[last].gap else end
    if last > label and end == len(blocks) and _stands_apart(blocks, last, label):
        return last
    return end


def _may_be_link(block: Block) -> bool:
    if block.is_quotation or block.words > _LINK_WORDS:
        return False
    return block.text[0] in "-*•[" or not re.search(r"[.;,]['\"”’]?$", block.text)


def _stands_apart(blocks: Sequence[Block], last: int, label: int) -> bool:
    """Say whether the last line is set off from the links above it, as a publisher's name is."""
    return blocks[last].gap and not any(b.gap for b in blocks[label + 1 : last]) and last > label + 1
