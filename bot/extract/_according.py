"""“According to X”, “in X's view”: the clause beside it is what X says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from spacy.tokens import Doc, Token

from bot.extract._drafts import Draft, noun_phrase, slice_of, trimmed
from bot.extract._nlp import Paragraph
from bot.models import Polarity, Span

REASON = "according to"
_VIEWS = frozenset(
    {"account", "assessment", "estimation", "judgement", "judgment", "opinion", "telling", "view", "words"}
)


class _Phrase(NamedTuple):
    """A phrase that names a source: its first and last token, its cue's, the head of the source."""

    first: int
    last: int
    cue: tuple[int, int]
    lemma: str
    source: Token


def according_drafts(text: str, index: int, paragraph: Paragraph) -> Iterator[Draft]:
    """Yield a draft for every "according to X", "in X's view", "in the words of X": content is its clause."""
    for token in paragraph.doc[:-1]:
        phrase = _according_to(token) or _in_the_view_of(token)
        if phrase is not None:
            yield from _draft(text, index, paragraph, phrase)


def _according_to(token: Token) -> _Phrase | None:
    to = token.doc[token.i + 1]
    if token.lower_ != "according" or to.lower_ != "to":
        return None
    source = next((c for c in to.children if c.dep_ == "pobj"), None)
    if source is None:
        return None
    last = max(noun_phrase(source)[1], source.right_edge.i)
    return _Phrase(token.i, last, (token.i, to.i), "according to", source)


def _in_the_view_of(token: Token) -> _Phrase | None:
    noun = next((c for c in token.children if c.dep_ == "pobj"), None) if token.lower_ == "in" else None
    if noun is None or noun.lower_ not in _VIEWS:
        return None
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    of = next((c for c in noun.children if c.lower_ == "of"), None)
    if owner is not None and of is not None:  # a ministry's assessment of the coast is its own
        return None
    source = owner or next((c for c in (of.children if of else ()) if c.dep_ == "pobj"), None)
    if source is None:
        return None
    return _Phrase(token.i, max(noun.i, noun_phrase(source)[1]), (noun.i, noun.i), noun.lower_, source)


def _draft(text: str, index: int, paragraph: Paragraph, phrase: _Phrase) -> Iterator[Draft]:
    sentence = phrase.source.sent
    start = _clause_border(paragraph.doc, sentence.start, phrase.first)
    before, after = (start, phrase.first - 1), (phrase.last + 1, sentence.end - 1)
    pieces = [(trimmed(text, slice_of(paragraph, a, b)), (a, b)) for a, b in (before, after) if a <= b]
    pieces = [(span, piece) for span, piece in pieces if span.end - span.start > 1]
    if not pieces:
        return
    if len(pieces) == 2 and not _has_verb(paragraph.doc, *before):  # "The bridge, according to X, is shut"
        content = tuple(span for span, _ in pieces)
    else:
        content = (max((span for span, _ in pieces), key=lambda s: s.end - s.start),)
    at = paragraph.start
    yield Draft(
        paragraph=index,
        cue=slice_of(paragraph, *phrase.cue),
        lemma=phrase.lemma,
        head=paragraph.doc[phrase.cue[0]],
        source=phrase.source,
        speaker=slice_of(paragraph, *noun_phrase(phrase.source)),
        content=content,
        sentence=Span(at + sentence.start_char, at + sentence.end_char),
        polarity=Polarity.STATES,
        reason=REASON,
    )


def _has_verb(doc: Doc, first: int, last: int) -> bool:
    return any(t.pos_ in {"VERB", "AUX"} for t in doc[first : last + 1])


def _clause_border(doc: Doc, start: int, end: int) -> int:
    """Return where the last independent clause before `end` begins: after a colon or semicolon."""
    for i in range(end - 1, start, -1):
        if doc[i].text in {":", ";"} and end - i > 4:
            return i + 1
    return start
