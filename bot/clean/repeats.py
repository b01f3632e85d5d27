"""What a page prints twice counts once; a stray digit behind a repeated sentence is a slip of the page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from bot.clean.blocks import INVISIBLE, Block
from bot.models import Span

_BLOCK_WORDS = 6
_SENTENCE_WORDS = 8
_BOUNDARY = re.compile(r"""[.!?…]["'”’»)\]]{0,3}\d{0,2}(?P<space>\s+)(?=["'“‘«(\[]?[^\W_a-z])""")
_ABBREVIATION = re.compile(
    r"(?:\b[A-Za-z]|\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Sgt|Capt|Adm|Sen|Rep|Gov|Rev|St|Jr|Sr|vs|No|Inc|Ltd|Co"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec))$"
)
_STRAY = re.compile(r"""(?<=[.!?…"'”’»)])\d{1,2}$""")
_STRAIGHT = str.maketrans("‘’“”", "''\"\"", INVISIBLE)


class Repeat(NamedTuple):
    """A range that stands above already; `block` is its index when the complete block repeats."""

    span: Span
    block: int | None


def repeats(blocks: Sequence[Block], taken: Mapping[int, str]) -> list[Repeat]:
    """Return the blocks of six words and sentences of eight that were printed before, in order."""
    found: list[Repeat] = []
    seen: set[str] = set()
    for i, block in enumerate(blocks):
        if i in taken:
            continue
        whole = _key(block.text)
        if whole in seen and block.words >= _BLOCK_WORDS:
            found.append(Repeat(block.span, i))
            continue
        pieces = list(_sentences(block))
        again = [span for span, key, inside in pieces if key in seen and not inside and _long(key)]
        if again and len(again) == len(pieces):
            found.append(Repeat(block.span, i))
        else:
            found += [Repeat(span, None) for span in again]
        seen.update(key for _, key, _ in pieces)
        seen.add(whole)
    return found


def _sentences(block: Block) -> Iterator[tuple[Span, str, bool]]:
    """Yield span, key and whether the sentence begins or ends inside a quotation."""
    text, start, depth = block.text, 0, 0
    breaks = (
        m
        for m in _BOUNDARY.finditer(text)
        if not _ABBREVIATION.search(text, max(0, m.start() - 8), m.start())
    )
    for end in [*(m.start("space") for m in breaks), len(text)]:
        sentence = text[start:end]
        inside = depth != 0 or sentence.count("“") != sentence.count("”")
        depth = _open_marks(sentence, depth)
        lead = len(sentence) - len(sentence.lstrip())
        span = Span(block.span.start + start + lead, block.span.start + end)
        yield span, _key(sentence), inside or depth != 0
        start = end


def _open_marks(sentence: str, depth: int) -> int:
    curly = sentence.count("“") + sentence.count("«") - sentence.count("”") - sentence.count("»")
    return max(0, depth + curly) ^ (sentence.count('"') & 1)


def _key(text: str) -> str:
    return _STRAY.sub("", " ".join(text.translate(_STRAIGHT).casefold().split()))


def _long(key: str) -> bool:
    return key.count(" ") + 1 >= _SENTENCE_WORDS
