"""The clause that a cue introduces: under it, around it ("It works, he said, if you wait") or after it."""

from __future__ import annotations

from spacy.tokens import Token

from bot.extract._subjects import pronoun_before

_PARTS = {"nsubj", "nsubjpass", "aux", "auxpass", "neg", "advmod"}
_TAIL = {"nsubj", "advmod", "npadvmod", "prep", "dative", "prt", "dobj", "acomp"}
_SEPARATORS = {",", ".", "—", "–", "--", "-", "?", "!", "”", '"', ";", ")"}
_INTERPOSED = {"parataxis", "ccomp", "conj", "advcl", "dep", "ROOT"}
_FINITE = {"VBD", "VBZ", "VBP", "MD"}
_COMPLEMENT_STARTS = {"that", "whether", "how", "why", "what"}
_BACKSHIFT = {"had", "would", "might", "could", "should"}
_OBJECTLESS = {"say", "argue", "insist", "claim", "state", "note", "add", "warn", "contend", "complain"}
_THAT = {"that"}
_WHETHER = {"if", "whether"}
_MARKS = {"ask": _WHETHER, "wonder": _WHETHER, "question": _WHETHER, "inquire": _WHETHER}
_NO_CONTENT = {"when", "while", "after", "before", "as", "so", "goodbye", "hello", "yes", "no"}
_NEAR = 8  # tokens between a cue and "that"

Range = tuple[int, int]  # first and last token


def clause_under(verb: Token) -> list[Range]:
    """Return the clause that the parse puts under a cue, before or after it."""
    clauses = [c for c in verb.children if c.dep_ == "ccomp"]
    if not clauses:
        return []
    behind = [c for c in clauses if c.left_edge.i > verb.i]
    clause = max(clauses, key=lambda c: c.right_edge.i - c.left_edge.i)
    first, last = clause.left_edge.i, clause.right_edge.i
    if first > verb.i:
        first, last = min(c.left_edge.i for c in behind), max(c.right_edge.i for c in behind)
    if first > verb.i:
        return [*_before_colon(verb), (first, _with_rest(verb, last))]
    if any(t.text == ";" for t in verb.doc[clause.i : verb.i]):  # "some agreed; others said no"
        return []
    left = (min(first, _opening(verb, first)), _start_of_cue(verb, clause) - 1)
    return [left, (verb.i + 1, last)] if last > verb.i else [left]


def _before_colon(verb: Token) -> list[Range]:
    """Return the statement before an interposed cue that a colon carries on ("It was odd, some said: …")."""
    doc, start = verb.doc, verb.sent.start
    subjects = [c.left_edge.i for c in verb.lefts if c.dep_ == "nsubj"]
    first = min(subjects, default=start)
    if (
        verb.i + 1 >= len(doc)
        or doc[verb.i + 1].text != ":"
        or first - 1 <= start
        or doc[first - 1].text != ","
    ):
        return []
    return [(start, first - 2)] if any(t.tag_ in _FINITE for t in doc[start:first]) else []


def _with_rest(verb: Token, last: int) -> int:
    """Return where a clause ends whose later parts the parse lost ("said it was late, had cost …")."""
    doc, end = verb.doc, verb.sent.end
    i = last + 1
    while i < end and (doc[i].text == "," or doc[i].dep_ == "cc"):
        i += 1
    lost = last + 1 < i < end and doc[i].lower_ in _BACKSHIFT and doc[i].dep_ in {"aux", "ROOT", "conj"}
    return end - 1 if lost and verb.tag_ in {"VBD", "VBN", "VBG"} else last


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
    beside = pronoun_before(verb)
    subjects = [beside] if beside is not None else subjects
    if not subjects or verb.dep_ not in _INTERPOSED or _governs(verb):
        return []
    if verb.dep_ == "ROOT" and subjects[0].i < verb.i and beside is None:
        return []  # "Because it rained, he said nothing."
    lefts = [c.left_edge.i for c in verb.lefts if c.dep_ in _PARTS | {"mark"}]
    lefts = [beside.i] if beside is not None else lefts
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
        if doc[i].lower_ in _MARKS.get(verb.lemma_, _THAT) and doc[i].dep_ == "mark":
            return [(i, end - 1)]
    following = doc[verb.i + 1] if verb.i + 1 < end else None
    if (
        following is None
        or following.lower_ in _NO_CONTENT
        or following.pos_ not in {"DET", "PRON", "PROPN", "NOUN", "ADJ", "SCONJ", "NUM"}
    ):
        return []
    if any(t.tag_ in _FINITE for t in doc[verb.i + 2 : end]) and (
        verb.lemma_ in _OBJECTLESS or not _governs(verb)
    ):
        return [(verb.i + 1, end - 1)]
    return []
