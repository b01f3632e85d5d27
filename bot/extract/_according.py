"""“According to X”: the clause beside it is what X says."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from bot.extract._drafts import Draft, noun_phrase, slice_of, trimmed
from bot.extract._nlp import Paragraph
from bot.models import Polarity, Span

REASON = "according to"


def according_drafts(text: str, index: int, paragraph: Paragraph) -> Iterator[Draft]:
    """Yield a draft for every "according to": its clause is the content."""
    doc = paragraph.doc
    for token in doc[:-1]:
        if token.lower_ != "according" or doc[token.i + 1].lower_ != "to":
            continue
        to = doc[token.i + 1]
        source = next((c for c in to.children if c.dep_ == "pobj"), None)
        if source is not None:
            yield from _according(text, index, paragraph, token, source)


def _according(text: str, index: int, paragraph: Paragraph, token: Token, source: Token) -> Iterator[Draft]:
    sentence = token.sent
    start = _clause_border(paragraph.doc, sentence.start, token.i)
    phrase = noun_phrase(source)
    after = max(phrase[1], source.right_edge.i)
    pieces = [(start, token.i - 1), (after + 1, sentence.end - 1)]
    spans = [trimmed(text, slice_of(paragraph, a, b)) for a, b in pieces if a <= b]
    spans = [s for s in spans if s.end - s.start > 1]
    if not spans:
        return
    at = paragraph.start
    yield Draft(
        paragraph=index,
        cue=slice_of(paragraph, token.i, token.i + 1),
        lemma="according to",
        head=token,
        source=source,
        speaker=slice_of(paragraph, *phrase),
        content=(max(spans, key=lambda s: s.end - s.start),),
        sentence=Span(at + sentence.start_char, at + sentence.end_char),
        polarity=Polarity.STATES,
        reason=REASON,
    )


def _clause_border(doc: Doc, start: int, end: int) -> int:
    """Return where the last independent clause before `end` begins: after a colon or semicolon."""
    for i in range(end - 1, start, -1):
        if doc[i].text in {":", ";"} and end - i > 4:
            return i + 1
    return start
