"""Where a passage stands in its article, worked out when it is asked for: most answers are only counted."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bot.models.article import Span

CONTEXT = 600
_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]*\s+")
_NOTHING = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Place:
    """A passage's place: the text that it stands in, its sentence, and where its words begin.

    Without `start` only its sentence is known, not the paragraph.
    """

    text: str = field(default="", repr=False)
    sentence: Span = _NOTHING
    start: int | None = None

    @property
    def context(self) -> str:
        """The passage around the sentence: its paragraph, or as many of its sentences as fit into 600."""
        return _context(self.text, self.sentence).of(self.text)

    @property
    def paragraph(self) -> tuple[int, int]:
        """The number of the paragraph and of all paragraphs: lines that are not blank."""
        if self.start is None:
            return 0, 0
        end = self.text.find("\n", self.start)
        before = _filled(self.text if end < 0 else self.text[:end])
        return max(1, before), max(1, before + (_filled(self.text[end:]) if end >= 0 else 0))


def trimmed(text: str, span: Span) -> Span:
    """Return the span without white space at its ends."""
    shown = span.of(text)
    return Span(span.start + len(shown) - len(shown.lstrip()), span.end - len(shown) + len(shown.rstrip()))


def _context(text: str, sentence: Span) -> Span:
    start = text.rfind("\n", 0, sentence.start) + 1
    end = text.find("\n", sentence.end)
    paragraph = trimmed(text, Span(start, len(text) if end < 0 else end))
    if paragraph.end - paragraph.start <= CONTEXT:
        return paragraph
    if sentence.end - sentence.start >= CONTEXT:
        return trimmed(text, Span(sentence.start, sentence.start + CONTEXT))
    return trimmed(text, _widened(text, paragraph, sentence))


def _widened(text: str, paragraph: Span, sentence: Span) -> Span:
    """Take sentences after and before, in turns, while there is room."""
    ends = [m.end() + paragraph.start for m in _SENTENCE_END.finditer(paragraph.of(text))]
    borders = [paragraph.start, *ends, paragraph.end]
    start, end = sentence
    later = [b for b in borders if b >= end]
    earlier = [b for b in reversed(borders) if b <= start]
    while later or earlier:
        if later:
            after = later.pop(0)
            end = after if after - start <= CONTEXT else end
        if earlier:
            before = earlier.pop(0)
            start = before if end - before <= CONTEXT else start
    return Span(start, end)


def _filled(text: str) -> int:
    return len([line for line in text.split("\n") if line and not line.isspace()])
