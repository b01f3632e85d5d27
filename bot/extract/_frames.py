"""Cues and their content by grammar: clauses under a cue, and the other things a cue may govern.

Follows GenderGapTracker's and PARC's picture of an attribution: source, cue, content.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from bot.extract._cues import Cue, lexicon
from bot.extract._drafts import Draft, noun_phrase, slice_of, trimmed
from bot.extract._nlp import Paragraph
from bot.extract._subjects import agent, subject
from bot.models import Polarity, Span

_COMPLEMENTS = {"dobj", "oprd", "attr", "prep", "xcomp", "dative", "acomp", "prt", "ccomp", "pcomp"}
_ASIDE = {
    "in",
    "at",
    "during",
    "after",
    "before",
    "on",
    "by",
    "via",
    "through",
    "since",
    "while",
    "amid",
    "over",
}
_MAYBE = {"may", "might", "could"}
_ADDRESSED = {"tell", "ask", "remind", "assure", "inform", "notify", "reassure"}


def verb_drafts(text: str, index: int, paragraph: Paragraph) -> Iterator[Draft]:
    """Yield a draft for every cue verb of a paragraph that somebody can be the speaker of."""
    verbs = lexicon().verbs
    for token in paragraph.doc:
        cue = verbs.get(token.lemma_.lower())
        if cue is None or token.pos_ not in {"VERB", "AUX"}:
            continue
        content, reason = _content(token, cue)
        passive = any(c.dep_ in {"nsubjpass", "auxpass"} for c in token.children)
        source = agent(token) if passive and not _asked(token, cue) else subject(token)
        if passive and source is None and not content:
            continue
        yield _draft(text, index, paragraph, token, cue, source, content, reason)


def _asked(token: Token, cue: Cue) -> bool:
    return cue.lemma == "ask"


def _draft(
    text: str,
    index: int,
    paragraph: Paragraph,
    token: Token,
    cue: Cue,
    source: Token | None,
    content: list[tuple[int, int]],
    reason: str,
) -> Draft:
    at = paragraph.start
    spans = (trimmed(text, slice_of(paragraph, a, b)) for a, b in content if a <= b)
    sentence = token.sent
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
    if cue.polarity is Polarity.STATES and any(
        c.dep_ == "aux" and c.lower_ in _MAYBE for c in token.children
    ):
        return Polarity.MAY_STATE
    return cue.polarity


def _content(verb: Token, cue: Cue) -> tuple[list[tuple[int, int]], str]:
    clauses = [c for c in verb.children if c.dep_ == "ccomp" and c.i != verb.i]
    if clauses and ("clause" in cue.frames or "clause" in cue.quoted):
        clause = max(clauses, key=lambda c: c.right_edge.i - c.left_edge.i)
        return _clause(verb, clause), "clause under the cue"
    return _governed(verb, cue)


def _clause(verb: Token, clause: Token) -> list[tuple[int, int]]:
    first, last = clause.left_edge.i, clause.right_edge.i
    if first > verb.i:
        return [(first, last)]
    left = (min(first, _opening(verb, first)), _clause_start(verb, clause) - 1)
    if last > verb.i:
        return [left, (verb.i + 1, last)]
    return [left]


def _opening(verb: Token, first: int) -> int:
    """Return where a sentence begins whose content stands before the cue ("Still, it works, he said")."""
    start: int = verb.sent.start
    return start if verb.dep_ == "ROOT" or verb.head.i == verb.i else first


def _clause_start(verb: Token, clause: Token) -> int:
    """Return the first token of "he said" where it follows its content."""
    own = [
        c
        for c in verb.lefts
        if c.i > clause.i and c.dep_ in {"nsubj", "aux", "neg", "advmod", "nsubjpass", "auxpass"}
    ]
    return min([c.left_edge.i for c in own if c.left_edge.i > clause.i] + [verb.i])


def _governed(verb: Token, cue: Cue) -> tuple[list[tuple[int, int]], str]:
    """Return what a cue governs that is no clause: "called him a friend", "urged them to stay"."""
    rights = [c for c in verb.rights if c.dep_ in _COMPLEMENTS]
    if not rights:
        return [], "marked words"
    kind = {c.dep_ for c in rights}
    prepositions = [c for c in rights if c.dep_ == "prep"]
    if "infinitive" in cue.frames and ("xcomp" in kind or any(_infinitive(c) for c in rights)):
        return _stretch(verb, rights, cue), "infinitive under the cue"
    if "object" in cue.frames and kind & {"dobj", "oprd", "attr"}:
        return _stretch(verb, rights, cue), "object of the cue"
    for preposition in prepositions:
        if preposition.lower_ in cue.frames:
            return _after_preposition(verb, preposition, rights), f"{cue.lemma} {preposition.lower_}"
    return [], "marked words"


def _infinitive(child: Token) -> bool:
    return child.dep_ == "ccomp" and any(c.dep_ == "aux" and c.tag_ == "TO" for c in child.children)


def _stretch(verb: Token, rights: list[Token], cue: Cue) -> list[tuple[int, int]]:
    kept = [c for c in rights if not (c.dep_ == "prep" and c.lower_ in _ASIDE) and c.dep_ != "prt"]
    if cue.lemma in _ADDRESSED and len(kept) > 1:
        kept = [c for c in kept if c.dep_ not in {"dobj", "dative"}] or kept
    if not kept:
        return []
    return [(min(c.left_edge.i for c in kept), max(c.right_edge.i for c in kept))]


def _after_preposition(verb: Token, preposition: Token, rights: list[Token]) -> list[tuple[int, int]]:
    objects = [c for c in rights if c.dep_ == "dobj" and c.i < preposition.i]
    if objects:  # "accused them of lying": whom and of what
        return [(objects[0].left_edge.i, preposition.right_edge.i)]
    return [(preposition.i + 1, preposition.right_edge.i)] if preposition.right_edge.i > preposition.i else []


def according_drafts(text: str, index: int, paragraph: Paragraph) -> Iterator[Draft]:
    """Yield a draft for every "according to": its sentence is the content."""
    doc = paragraph.doc
    for token in doc[:-1]:
        if token.lower_ != "according" or doc[token.i + 1].lower_ != "to":
            continue
        to = doc[token.i + 1]
        source = next((c for c in to.children if c.dep_ == "pobj"), None)
        if source is None:
            continue
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
        reason="according to",
    )


def _clause_border(doc: Doc, start: int, end: int) -> int:
    """Return where the last independent clause before `end` begins: after a colon or semicolon."""
    for i in range(end - 1, start, -1):
        if doc[i].text in {":", ";"} and end - i > 4:
            return i + 1
    return start
