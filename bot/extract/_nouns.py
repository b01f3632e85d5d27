"""Cue nouns: "his claim that …", "a warning from the mayor that …", "her call for calm"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from bot.extract._cues import Cue, lexicon
from bot.extract._drafts import Draft, noun_phrase, slice_of, trimmed
from bot.extract._nlp import Paragraph
from bot.extract._subjects import subject
from bot.models import Span

REASON = "clause under a noun"
_NEAR = 9  # tokens between a noun and "that"
_GIVERS = {"by", "from", "among"}
_LIGHT = {"make", "issue", "repeat", "voice", "express", "give", "release", "raise", "have", "renew", "send"}


def noun_drafts(text: str, index: int, paragraph: Paragraph) -> Iterator[Draft]:
    """Yield a draft for every cue noun that has both content and somebody who says it."""
    nouns = lexicon().nouns
    for token in paragraph.doc:
        cue = nouns.get(token.lemma_.lower()) if token.pos_ in {"NOUN", "PROPN"} else None
        if cue is None:
            continue
        content = _content(token, cue)
        source = _source(token) if content is not None else None
        if content is None or source is None or content[0] <= source.i <= content[1]:
            continue
        span = trimmed(text, slice_of(paragraph, *content))
        sentence, at = token.sent, paragraph.start
        yield Draft(
            paragraph=index,
            cue=slice_of(paragraph, token.i, token.i),
            lemma=cue.lemma,
            head=token,
            source=source,
            speaker=slice_of(paragraph, *noun_phrase(source)),
            content=(span,),
            sentence=Span(at + sentence.start_char, at + sentence.end_char),
            polarity=cue.polarity,
            reason=REASON,
        )


def _content(noun: Token, cue: Cue) -> tuple[int, int] | None:
    for child in noun.rights:
        mark = next((c for c in child.children if c.dep_ == "mark" and c.lower_ in {"that", "whether"}), None)
        if child.dep_ in {"acl", "ccomp", "relcl"} and mark is not None:
            return mark.i, child.right_edge.i
        if child.dep_ == "prep" and child.lower_ in cue.frames and child.right_edge.i > child.i:
            later = [c.right_edge.i for c in noun.rights if c.dep_ == "prep" and c.lower_ == "as"]
            return child.i + 1, max([child.right_edge.i, *later])
    return _that_clause(noun)


def _that_clause(noun: Token) -> tuple[int, int] | None:
    """Return the clause behind "a warning from the mayor that …", wherever the parse hung it."""
    doc = noun.doc
    if noun.i + 1 >= len(doc) or doc[noun.i + 1].lower_ not in _GIVERS:
        return None
    for i in range(noun.i + 2, min(noun.i + _NEAR, noun.sent.end)):
        if doc[i].lower_ == "that" and doc[i].dep_ == "mark":
            return i, doc[i].head.right_edge.i
    return None


def _source(noun: Token) -> Token | None:
    for child in noun.children:
        if child.dep_ == "poss":
            return child
        if child.dep_ == "prep" and child.lower_ in _GIVERS:
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    verb = noun.head
    if noun.dep_ == "dobj" and verb.lemma_ in _LIGHT:
        return subject(verb)
    return None
