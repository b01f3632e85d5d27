"""A source beside its cue, where the parse put it into the quoted words ("It rained," Ms. Osei said)."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from bot.extract._borders import touching
from bot.extract._drafts import Draft, noun_phrase, slice_of
from bot.extract._marks import Region
from bot.extract._nlp import Paragraph
from bot.models import Span

_REACH = 14  # tokens between a cue and its source
_ENTITIES = {"PERSON", "ORG", "GPE", "NORP"}


def with_source(draft: Draft, paragraph: Paragraph, marked: list[Region]) -> Draft:
    """Return the draft with a source outside quotation marks; without one where nobody stands there."""
    if draft.head is None or draft.speaker is None or not _quoted(draft.speaker, marked):
        return draft
    found = _beside(draft.head, paragraph, marked)
    if found is None:
        return replace(draft, source=None, speaker=None)
    return replace(draft, source=found, speaker=slice_of(paragraph, *noun_phrase(found)))


def _quoted(span: Span, marked: list[Region]) -> bool:
    return any(region.inner.overlaps(span) for region in touching(span, marked))


def _beside(cue: Token, paragraph: Paragraph, marked: list[Region]) -> Token | None:
    """Return the nearest name or noun before the cue, else after it, outside quotation marks."""
    doc, sides = cue.doc, (range(cue.i - 1, max(cue.i - _REACH, -1), -1), range(cue.i + 1, cue.i + 4))
    for side in sides:
        for i in side:
            if i >= len(doc):
                break
            token = doc[i]
            at = paragraph.start + token.idx
            if _quoted(Span(at, at + len(token)), marked):
                break
            named = token.ent_type_ in _ENTITIES or token.lower_ in {"he", "she", "they"}
            if named or (
                token.pos_ in {"NOUN", "PROPN"} and token.dep_ in {"nsubj", "appos", "ROOT", "dobj"}
            ):
                return token.head if token.dep_ == "compound" and token.head.i < cue.i else token
    return None
