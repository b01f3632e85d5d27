"""Text → blocks: paragraphs, headings, single lines. The rules of cleaning judge one block at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from bot.models import Span

INVISIBLE = "".join(
    (
        "\u200b\u200c\u200d\u2060\ufeff\xad\x00",
        "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
    )
)
"""Zero-width characters, marks of direction, soft hyphens and NUL: rules look through them."""

PLAIN_LIMIT = 1000
"""Rules see at most this many characters of a block; longer blocks are prose anyway."""

_EDGE = "".join(chr(c) for c in range(0x3001) if chr(c).isspace())
_STRIP = _EDGE + INVISIBLE
_STRAIGHT = str.maketrans("‘’‚‛“”„‟‐‑‒–—―", "''''\"\"\"\"------", INVISIBLE)
_MARKUP = re.compile(r"^(?:[#>*_\-•·▪●■»|]+ *)+|[*_|#]+$")
_LINK = re.compile(r"!?\[([^\[\]]{0,300})\]\([^()\s]{0,500}\)")
_SENTENCE_END = re.compile(r"""[.!?:;…]["'”’»)\]]*\d{0,2}$""")
_WRAP = range(40, 111)


class _Line(NamedTuple):
    start: int
    end: int
    number: int
    gap: bool


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or line.

    `span` has no white space at its ends; `line` is the number of its first line, from 1; `gap` says
    that an empty line stands before it. `plain` is what rules read: straight marks, single spaces, no
    markup, at most PLAIN_LIMIT characters.
    """

    span: Span
    line: int
    gap: bool
    text: str
    plain: str
    words: int

    @property
    def ended(self) -> bool:
        """Say whether it ends like a sentence."""
        return bool(_SENTENCE_END.search(self.text[-12:]))

    @property
    def is_quotation(self) -> bool:
        """Say whether the block opens and closes with quotation marks."""
        return self.text[0] in "“”\"'‘„«‹" and self.text.rstrip(".,0123456789")[-1:] in "“”\"'’»›"


def blocks_of(text: str) -> list[Block]:
    """Return the blocks of `text` in order: its lines, hard-wrapped lines joined to paragraphs."""
    lines = list(_lines(text))
    wrapped = _is_wrapped(text, lines)
    groups: list[list[_Line]] = []
    for line in lines:
        if groups and _continues(text, groups[-1][-1], line, wrapped):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_block(text, group) for group in groups]


def _lines(text: str) -> Iterator[_Line]:
    offset, gap = 0, False
    for number, raw in enumerate(text.splitlines(keepends=True), 1):
        body = raw.lstrip(_STRIP)
        start = offset + len(raw) - len(body)
        end = start + len(body.rstrip(_STRIP))
        offset += len(raw)
        if start == end:
            gap = True
            continue
        yield _Line(start, end, number, gap)
        gap = False


def _is_wrapped(text: str, lines: list[_Line]) -> bool:
    pairs = [(a, b) for a, b in pairwise(lines) if not b.gap]
    if len(pairs) < 3:
        return False
    open_ended = sum(1 for a, _ in pairs if a.end - a.start in _WRAP and not _ends(text, a))
    return open_ended >= 0.6 * len(pairs)


def _continues(text: str, above: _Line, line: _Line, wrapped: bool) -> bool:
    if line.gap or above.end - above.start not in _WRAP or text[line.start] in "#>*-•|":
        return False
    if wrapped:
        return True
    return not _ends(text, above) and text[line.start].islower()


def _ends(text: str, line: _Line) -> bool:
    return bool(_SENTENCE_END.search(text[max(line.start, line.end - 12) : line.end]))


def _block(text: str, group: list[_Line]) -> Block:
    span = Span(group[0].start, group[-1].end)
    body = span.of(text)
    return Block(span, group[0].number, group[0].gap, body, plain(body), len(body.split()))


def plain(text: str) -> str:
    """Return `text` as rules read it: straight marks, single spaces, no markup, cut to PLAIN_LIMIT."""
    bare = " ".join(text[:PLAIN_LIMIT].translate(_STRAIGHT).split())
    return _MARKUP.sub("", _LINK.sub(r"\1", bare)).strip(" *_|")
