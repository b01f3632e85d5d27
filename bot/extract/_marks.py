"""Quotation marks: which characters of a paragraph stand between them.

Marks are paired inside their paragraph, so that an unbalanced one costs at most that paragraph. A mark
that is never closed runs to the paragraph's end (multi-paragraph quotations, block quotes, transcripts);
the next paragraph may reopen it. Covers “ ” „ “ « » » «, straight marks, LaTeX and New York Times `` '',
British ‘ ’ and ' ', and marks that were decoded wrongly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from bot.models import Span


@dataclass(frozen=True, slots=True)
class Region:
    """Text between quotation marks: `outer` with its marks, `inner` without; `closed` says both stand."""

    outer: Span
    inner: Span
    closed: bool = True
    single: bool = False


class _Mark(NamedTuple):
    start: int
    end: int
    role: str  # open, close, both


_DOUBLE = re.compile(
    r"â€œ|â€\x9d|&(?:quot|ldquo|rdquo|laquo|raquo);|``|''|[“”„‟«»❝❞＂\"\x93\x94]|â€(?![\x98\x99˜™“”\w])"
)
_OPEN = {"“", "«", "„", "‟", "❝", "``", "\x93", "â€œ", "&ldquo;", "&laquo;"}
_CLOSE = {"”", "»", "❞", "\x94", "â€\x9d", "â€", "&rdquo;", "&raquo;"}
_SINGLE_OPEN = re.compile(r"(?<![\w’'])(?:‘(?=\S)|['’](?=[A-Z“\"]|\w+ ))(?!\d\ds\b|\d\d\b)")
_SINGLE_CLOSE = re.compile(r"(?<=[^\s‘(\[—–-])[’'](?![\w’'])")
_ENDS_SPEECH = frozenset(',.?!…"”')
_FAR = 1_500  # characters that a single-marked quotation may take


def regions(text: str, paragraph: Span, open_before: bool = False) -> list[Region]:
    """Return the quoted regions of a paragraph in order, outermost only.

    `open_before` says that the paragraph before ended inside a quotation: a closing mark without an
    opening one then closes what runs from this paragraph's start.
    """
    body = paragraph.of(text)
    doubles = list(_double(body, open_before))
    found = _outermost(body, doubles, list(_single(body, doubles)))
    at = paragraph.start
    return [
        Region(
            Span(r.outer.start + at, r.outer.end + at),
            Span(r.inner.start + at, r.inner.end + at),
            r.closed,
            r.single,
        )
        for r in found
    ]


def _outermost(body: str, doubles: list[Region], singles: list[Region]) -> list[Region]:
    """Return both kinds in order without overlaps.

    Single marks around double ones are a quotation in a quotation (British papers) where the words before the
    closing mark end as speech does; otherwise one of them was an apostrophe, and the double marks stay.
    """
    found: list[Region] = []
    for region in sorted([*doubles, *singles], key=lambda r: r.outer.start):
        around = found[-1] if found else None
        if around is None or around.outer.end <= region.outer.start:
            found.append(region)
        elif around.single and body[around.inner.end - 1] not in _ENDS_SPEECH:
            found[-1] = region
    return found


def _double(body: str, open_before: bool) -> Iterator[Region]:
    opened: _Mark | None = None
    first = True
    for mark in _marks(body):
        role = mark.role
        if opened is None:
            if role != "close":
                opened = mark
            elif first and open_before:
                yield Region(Span(0, mark.end), Span(0, mark.start))
        elif role != "open":
            yield Region(Span(opened.start, mark.end), Span(opened.end, mark.start))
            opened = None
        first = False
    if opened is not None and body[opened.end :].strip():
        yield Region(Span(opened.start, len(body)), Span(opened.end, len(body)), closed=False)


def _marks(body: str) -> Iterator[_Mark]:
    """Yield double marks with what they can do where they stand; marks that can do neither are left out."""
    german = "„" in body
    for match in _DOUBLE.finditer(body):
        sign, (start, end) = match.group(), match.span()
        before = body[start - 1] if start else " "
        after = body[end] if end < len(body) else " "
        if sign == "“" and german:
            yield _Mark(start, end, "both")
        elif sign in _OPEN:
            closes = sign in "“«" and (after.isspace() or after in ".,;:!?)")
            yield _Mark(start, end, "both" if closes else "open")
        elif sign in _CLOSE:
            # Swedish ”so” and reversed »so« open with the sign that closes elsewhere.
            opens = sign in "”»" and (before.isspace() or before == "(") and not after.isspace()
            yield _Mark(start, end, "both" if opens else "close")
        elif not (before.isspace() and after.isspace() and start > 0 and end < len(body)):
            yield _Mark(start, end, _straight(before, after))


def _straight(before: str, after: str) -> str:
    """Return what a straight mark can do between two characters."""
    if after.isspace() or after in ".,;:!?)":
        return "close"
    return "both"


def _single(body: str, doubles: list[Region]) -> Iterator[Region]:
    """Pair single marks outside double ones: British papers, headlines."""
    at = 0
    while opening := _SINGLE_OPEN.search(body, at):
        at = opening.end()
        if any(d.outer.start <= opening.start() < d.outer.end for d in doubles):
            continue
        closing = _closing(body, at, "’" if opening.group()[0] == "‘" else opening.group()[0])
        if closing is not None and not any(d.outer.start <= closing < d.outer.end for d in doubles):
            yield Region(Span(opening.start(), closing + 1), Span(at, closing), single=True)
            at = closing + 1


def _closing(body: str, start: int, sign: str) -> int | None:
    """Return where a single-marked quotation closes; the apostrophe of a plural ("allies' aims") does not."""
    stop = body.find("‘", start, start + _FAR)
    stop = min(start + _FAR, len(body)) if stop < 0 else stop
    doubtful: int | None = None
    for match in _SINGLE_CLOSE.finditer(body, start, stop):
        if match.group() != sign:
            continue
        plural = body[match.start() - 1] == "s" and re.match(r" [a-z]", body[match.end() : match.end() + 2])
        if not plural:
            return match.start()
        doubtful = doubtful or match.start()
    return doubtful
