"""The parse that all extractors share: one spaCy document for each paragraph that cleaning left standing.

Parsing by paragraph keeps quotation marks, sentences and mistakes inside their paragraph. The parsed text
has the length of the article's, so that `paragraph.start + token.idx` is an offset in `Article.text`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from bot.errors import SettingError
from bot.extract._case import capitalised, sentence_case
from bot.models import Article, Span

LONGEST = 6_000  # characters of one document; longer paragraphs are cut at a sentence's end
_BATCH = 64
_NEEDED = frozenset({"tok2vec", "tagger", "attribute_ruler", "lemmatizer", "parser", "ner"})
_BREAK = re.compile(r"[.!?…][”’\"')\]]*\s+")
_BLANK = re.compile(r"\n[ \t\r\f\v]*\n\s*")
# One character for one: spaces that the model never saw in training, and line ends inside a paragraph.
_SPACES = "\n\r\t\x0b\x0c\x85\xa0\u2002\u2003\u2007\u2008\u2009\u200a\u202f\u2028\u2029\u3000"
_PLAIN = str.maketrans(_SPACES + "‑‐", " " * len(_SPACES) + "--")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A parsed paragraph: the offset of a token in the article is ``start + token.idx``.

    `heading` marks headline and subheadings; `continued` says that a long paragraph was cut before it.
    """

    start: int
    doc: Doc
    heading: bool = False
    continued: bool = False

    @property
    def span(self) -> Span:
        """The paragraph's range in the article."""
        return Span(self.start, self.start + len(self.doc.text))


@dataclass(frozen=True, slots=True)
class Parsed:
    """An article with its paragraphs in order; none where the language is not English."""

    article: Article
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    span: Span
    heading: bool
    continued: bool


@lru_cache(maxsize=2)
def load(model: str) -> Language:
    """Load a spaCy model once, without the components that no extractor uses; raises SettingError."""
    try:
        nlp = spacy.load(model)
    except OSError as error:
        raise SettingError(f"MSC_SPACY_MODEL: the model {model!r} is not installed.") from error
    missing = {"parser", "ner"} - set(nlp.pipe_names)
    if missing:
        raise SettingError(f"MSC_SPACY_MODEL: {model!r} has no {' and no '.join(sorted(missing))}.")
    for name in set(nlp.pipe_names) - _NEEDED:
        nlp.disable_pipe(name)
    return nlp


def parse(nlp: Language, articles: Iterable[Article]) -> Iterator[Parsed]:
    """Parse articles in batches, one document a paragraph, and yield them in order."""
    waiting: list[tuple[Article, list[_Piece]]] = []

    def texts() -> Iterator[str]:
        for article in articles:
            pieces = paragraphs(article)
            waiting.append((article, pieces))
            for piece in pieces:
                text = piece.span.of(article.text).translate(_PLAIN)
                yield sentence_case(text, article.text) if capitalised(text) else text

    docs = nlp.pipe(texts(), batch_size=_BATCH)
    done: list[Paragraph] = []
    for doc in docs:
        yield from _without_paragraphs(waiting)
        article, pieces = waiting[0]
        piece = pieces[len(done)]
        done.append(Paragraph(piece.span.start, doc, piece.heading, piece.continued))
        if len(done) == len(pieces):
            waiting.pop(0)
            yield Parsed(article, tuple(done))
            done = []
    yield from _without_paragraphs(waiting)


def _without_paragraphs(waiting: list[tuple[Article, list[_Piece]]]) -> Iterator[Parsed]:
    while waiting and not waiting[0][1]:
        yield Parsed(waiting.pop(0)[0], ())


def paragraphs(article: Article) -> list[_Piece]:
    """Return the standing paragraphs of an article as ranges, long ones cut."""
    if not article.language.lower().startswith("en"):
        return []
    pieces: list[_Piece] = []
    for line in _lines(article.text, article.headings):
        for part in _unmasked(line, article):
            above = bisect_right(article.headings, part.start, key=lambda h: h.start) - 1
            heading = above >= 0 and article.headings[above].holds(part)
            cuts = _cut(article.text, part)
            pieces += [_Piece(cut, heading, index > 0) for index, cut in enumerate(cuts)]
    return pieces


def _lines(text: str, headings: Sequence[Span]) -> Iterator[Span]:
    """Yield paragraphs: lines, or whole blocks where the lines are wrapped."""
    start = 0
    for gap in [*_BLANK.finditer(text), None]:
        block = Span(start, gap.start() if gap else len(text))
        start = gap.end() if gap else start
        lines = [Span(m.start(), m.end()) for m in re.finditer(r"[^\n]+", block.of(text))]
        lines = [Span(a + block.start, b + block.start) for a, b in lines]
        yield from [block] if _wrapped(text, lines, headings) else lines


def _wrapped(text: str, lines: list[Span], headings: Sequence[Span]) -> bool:
    """Say whether a block's lines were broken for width: all long and alike, ends in mid-sentence."""
    if len(lines) < 2 or any(h.overlaps(line) for h in headings for line in lines):
        return False
    if len(lines) == 2 and not lines[1].of(text)[:1].islower():
        return False
    lengths = [end - start for start, end in lines[:-1]]
    broken = sum(not re.search(r"[.!?:;”\"’)]\s*$", line.of(text)) for line in lines[:-1])
    return min(lengths) >= 40 and max(lengths) <= 100 and 2 * broken > len(lengths)


def _unmasked(line: Span, article: Article) -> Iterator[Span]:
    start = line.start
    first = bisect_right(article.masks, line.start, key=lambda mask: mask.span.end)
    for mask in map(article.masks.__getitem__, range(first, len(article.masks))):
        if mask.span.start >= line.end:
            break
        yield from _trimmed(article.text, Span(start, mask.span.start))
        start = max(start, mask.span.end)
    yield from _trimmed(article.text, Span(start, line.end))


def _trimmed(text: str, span: Span) -> Iterator[Span]:
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Span(start, end)


def _cut(text: str, span: Span) -> list[Span]:
    """Cut a range longer than `LONGEST` after the last sentence, else word, that fits."""
    cuts: list[Span] = []
    start, end = span
    while end - start > LONGEST:
        window = text[start : start + LONGEST]
        stops = [m.end() for m in _BREAK.finditer(window, LONGEST // 2)]
        at = start + (stops[-1] if stops else window.rfind(" ") + 1 or LONGEST)
        cuts += _trimmed(text, Span(start, at))
        start = at
    cuts += _trimmed(text, Span(start, end))
    return cuts
