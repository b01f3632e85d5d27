"""Drafts: an attribution on its way from a cue to a quotation, and the slices that it is made of."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from bot.extract._nlp import Paragraph
from bot.models import Polarity, Span

_EDGE = " \t\n\r\xa0,.;:–—-…"


@dataclass(frozen=True, slots=True)
class Draft:
    """A cue with its speaker and the content found so far; without content it waits for marked words.

    `paragraph` is the paragraph's index. `head` is the cue's token, `source` the head of the speaker's
    phrase. `clause` is the range of the attributing clause ("he said"), `sentence` that of its sentence.
    """

    paragraph: int
    cue: Span
    lemma: str
    head: Token | None
    source: Token | None
    speaker: Span | None
    content: tuple[Span, ...]
    sentence: Span
    polarity: Polarity
    reason: str
    marked: bool = False
    carried: bool = False


def slice_of(paragraph: Paragraph, first: int, last: int) -> Span:
    """Return the range from token `first` to token `last`, both included."""
    doc, at = paragraph.doc, paragraph.start
    return Span(at + doc[first].idx, at + doc[last].idx + len(doc[last]))


def trimmed(text: str, span: Span) -> Span:
    """Return the range without white space and separating punctuation at its ends."""
    start, end = span
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return Span(start, end)


def noun_phrase(token: Token) -> tuple[int, int]:
    """Return first and last token of the phrase around a noun: no relative clauses, no appositions."""
    doc = token.doc
    if token.pos_ == "PRON":
        return token.i, token.i
    dropped = {
        t.i
        for child in token.children
        if child.dep_ in {"relcl", "acl", "punct", "appos", "advcl"} and not _compound_appos(child, token)
        for t in child.subtree
    }
    kept = {t.i for t in token.subtree} - dropped
    first = last = token.i
    while first - 1 in kept:
        first -= 1
    while last + 1 in kept:
        last += 1
    while last > first and (doc[last].is_punct or doc[last].dep_ == "cc"):
        last -= 1
    return first, last


def _compound_appos(child: Token, token: Token) -> bool:
    """Say whether an apposition stands without a comma ("spokeswoman Haley Morris")."""
    if child.dep_ != "appos":
        return False
    left, right = sorted((child.left_edge.i, token.i)) if child.i > token.i else (child.right_edge.i, token.i)
    return not any(t.is_punct for t in token.doc[left:right])
