"""Cue verbs of a paragraph and the drafts that they make. Terms as in PARC (Pareti 2015)."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from bot.extract._cues import Cue, lexicon
from bot.extract._drafts import Draft, noun_phrase, slice_of, trimmed
from bot.extract._frames import described, governed
from bot.extract._kinds import kind_of
from bot.extract._mood import possible
from bot.extract._nlp import Paragraph
from bot.extract._reported import Range, clause_after, clause_around, clause_under
from bot.extract._subjects import agent, subject
from bot.models import Polarity, Span

UNDER, AROUND, AFTER = "clause under the cue", "clause around the cue", "clause after the cue"
BEFORE = "noun before the cue"


def verb_drafts(text: str, index: int, paragraph: Paragraph) -> Iterator[Draft]:
    """Yield a draft for every cue verb of a paragraph that somebody can be the speaker of."""
    verbs = lexicon().verbs
    for token in paragraph.doc:
        cue = verbs.get(token.lemma_.lower())
        taken = _noun_like(token) if cue is not None and "clause" in cue.frames else None
        if cue is not None and taken is not None:
            content = [(token.i + 1, taken[1].right_edge.i)]
            yield _draft(text, index, paragraph, token, cue, taken[0], content, UNDER)
            continue
        if cue is None or token.pos_ not in {"VERB", "AUX"} or not _with_particle(token, cue):
            continue
        content, reason = _content(token, cue)
        bare = token.tag_ == "VBN" and token.dep_ in {"advcl", "acl"} and token.i == token.left_edge.i
        passive = bare or any(c.dep_ in {"nsubjpass", "auxpass"} for c in token.children)
        source = agent(token) if passive and (bare or cue.lemma != "ask") else subject(token)
        if cue.sources and not _fitting(source, cue):
            continue
        if bare and not content and "object" in cue.frames and source is not None:
            content, reason = described(token), BEFORE
        if content or not passive or source is not None:
            yield _draft(text, index, paragraph, token, cue, source, content, reason)


def _with_particle(verb: Token, cue: Cue) -> bool:
    return not cue.particle or any(c.dep_ == "prt" and c.lower_ == cue.particle for c in verb.children)


def _fitting(source: Token | None, cue: Cue) -> bool:
    """Say whether a source is of a kind that the cue is one for."""
    if source is None or source.lower_ in {"i", "we", "you", "nobody", "none"}:
        return False
    return source.lower_ in {"he", "she", "they", "who"} or kind_of(source) in cue.sources


def _noun_like(token: Token) -> tuple[Token, Token] | None:
    """Return source and clause of a cue that was taken for a noun ("the plaque notes that it rained")."""
    if token.tag_ != "NNS" or token.i == 0 or token.nbor(-1).dep_ != "compound":
        return None
    for child in token.rights:
        first = child.left_edge
        if child.dep_ in {"acl", "relcl", "ccomp"} and first.i == token.i + 1 and first.lower_ == "that":
            return token.nbor(-1), child
    return None


def _content(verb: Token, cue: Cue) -> tuple[list[Range], str]:
    if "clause" in cue.frames:
        for reason, find in ((UNDER, clause_under), (AROUND, clause_around)):
            content = find(verb)
            if content:
                return content, reason
    content, reason = governed(verb, cue)
    if not content and "clause" in cue.frames:
        return clause_after(verb), AFTER
    return content, reason


def _draft(
    text: str,
    index: int,
    paragraph: Paragraph,
    token: Token,
    cue: Cue,
    source: Token | None,
    content: list[Range],
    reason: str,
) -> Draft:
    at, sentence = paragraph.start, token.sent
    spans = (trimmed(text, slice_of(paragraph, a, b)) for a, b in content if a <= b)
    return Draft(
        paragraph=index,
        cue=slice_of(paragraph, token.i, token.i),
        lemma=cue.lemma,
        head=token,
        source=source,
        speaker=slice_of(paragraph, *noun_phrase(source)) if source is not None else None,
        content=tuple(s for s in spans if s.start < s.end),
        sentence=Span(at + sentence.start_char, at + sentence.end_char),
        polarity=_polarity(token, cue),
        reason=reason,
    )


def _polarity(token: Token, cue: Cue) -> Polarity:
    if cue.polarity is Polarity.ASKS and any(c.dep_ in {"auxpass", "nsubjpass"} for c in token.children):
        return Polarity.IS_ASKED
    if cue.polarity is Polarity.STATES and (possible(token) or any(c.dep_ == "neg" for c in token.children)):
        return Polarity.MAY_STATE
    return cue.polarity
