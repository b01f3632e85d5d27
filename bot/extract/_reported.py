"""The clause that a cue introduces: under it, around it ("It works, he said, if you wait") or after it."""

from __future__ import annotations

from spacy.tokens import Token

_PARTS = {"nsubj", "nsubjpass", "aux", "auxpass", "neg", "advmod"}
_TAIL = {"nsubj", "advmod", "npadvmod", "prep", "dative", "prt", "dobj", "acomp"}
_SEPARATORS = {",", ".", "—", "–", "--", "-", "?", "!", "”", '"', ";", ")"}
_INTERPOSED = {"parataxis", "ccomp", "conj", "advcl", "dep", "ROOT"}
_FINITE = {"VBD", "VBZ", "VBP", "MD"}
_COMPLEMENT_STARTS = {"that", "whether", "how", "why", "what"}
_NO_CONTENT = {"when", "while", "after", "before", "as", "so", "goodbye", "hello", "yes", "no"}
_NEAR = 8  # tokens between a cue and "that"

Range = tuple[int, int]  # first and last token


def clause_under(verb: Token) -> list[Range]:
    """Return the clause that the parse puts under a cue, before or after it."""
    clauses = [c for c in verb.children if c.dep_ == "ccomp"]
    if not clauses:
        return []
    clause = max(clauses, key=lambda c: c.right_edge.i - c.left_edge.i)
    first, last = clause.left_edge.i, clause.right_edge.i
    if first > verb.i:
        return [(first, last)]
    if any(t.text == ";" for t in verb.doc[clause.i : verb.i]):  # "some agreed; others said no"
        return []
    left = (min(first, _opening(verb, first)), _start_of_cue(verb, clause) - 1)
    return [left, (verb.i + 1, last)] if last > verb.i else [left]


def _opening(verb: Token, first: int) -> int:
    """Return where a sentence begins whose content stands before the cue ("Still, it works, he said")."""
    start: int = verb.sent.start
    return start if verb.dep_ == "ROOT" else first


def _start_of_cue(verb: Token, clause: Token) -> int:
    """Return the first token of "he said" where it follows its content."""
    own = [c.left_edge.i for c in verb.lefts if c.i > clause.i and c.dep_ in _PARTS]
    return min([i for i in own if i > clause.i] + [verb.i])


def clause_around(verb: Token) -> list[Range]:
    """Return the sentence around an interposed "he said", which commas or the sentence's ends set off."""
    doc, sentence = verb.doc, verb.sent
    subjects = [c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}]
    if not subjects or verb.dep_ not in _INTERPOSED or _governs(verb):
        return []
    if verb.dep_ == "ROOT" and subjects[0].i < verb.i:
        return []  # "Because it rained, he said nothing."
    lefts = [c.left_edge.i for c in verb.lefts if c.dep_ in _PARTS | {"mark"}]
    rights = [c.right_edge.i for c in verb.rights if c.dep_ in _TAIL]
    first, last = min([verb.i, *lefts]), max([verb.i, *rights])
    opens_sentence = first <= sentence.start or (
        first == sentence.start + 1 and doc[sentence.start].dep_ == "cc"
    )
    if opens_sentence and doc[first].lower_ != "as":
        return []
    if not opens_sentence and doc[first - 1].text not in _SEPARATORS:
        return []
    if last + 1 < sentence.end and doc[last + 1].text not in _SEPARATORS:
        return []
    return [(a, b) for a, b in ((sentence.start, first - 2), (last + 2, sentence.end - 1)) if a < b]


def _governs(verb: Token) -> bool:
    """Say whether a cue has content of its own behind it."""
    return any(c.dep_ in {"dobj", "xcomp", "ccomp"} and c.pos_ != "PROPN" for c in verb.rights)


def clause_after(verb: Token) -> list[Range]:
    """Return what follows a cue to the sentence's end where the parse lost the clause.

    Either "that" stands near ("recalled in 2008 that …"), or the words right behind the cue hold a
    finite verb ("saying the plan – all of it – is ready").
    """
    doc, end = verb.doc, verb.sent.end
    for i in range(verb.i + 1, min(verb.i + _NEAR, end - 2)):
        if doc[i].lower_ == "that" and doc[i].pos_ in {"SCONJ", "PRON"} and doc[i].dep_ == "mark":
            return [(i, end - 1)]
    following = doc[verb.i + 1] if verb.i + 1 < end else None
    if (
        following is None
        or following.lower_ in _NO_CONTENT
        or following.pos_ not in {"DET", "PRON", "PROPN", "NOUN", "ADJ", "SCONJ", "NUM"}
    ):
        return []
    if any(t.tag_ in _FINITE for t in doc[verb.i + 2 : end]) and (verb.lemma_ == "say" or not _governs(verb)):
        return [(verb.i + 1, end - 1)]
    return []
