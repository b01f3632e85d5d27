"""Who speaks by grammar: the subject of a cue verb, inherited where the verb has none of its own."""

from __future__ import annotations

from spacy.tokens import Token

_SUBJECTS = {"nsubj", "csubj"}
_NOMINATIVE = {"he", "she", "they", "i", "we"}
_OBJECT_CONTROL = {
    "ask",
    "tell",
    "urge",
    "order",
    "force",
    "allow",
    "encourage",
    "persuade",
    "lead",
    "prompt",
    "help",
}


def subject(verb: Token) -> Token | None:
    """Return the head of the phrase that says `verb`; None where the sentence does not tell."""
    beside = pronoun_before(verb)
    if beside is not None:
        return beside
    seen = 0
    token = verb
    while seen < 6:
        own = _own(token)
        if own is not None:
            return None if own.dep_ == "expl" else own
        if token.dep_ == "acl":
            return token.head if token.tag_ == "VBG" else None
        above = _above(token)
        if above is None:
            return _inverted(verb)
        if token.dep_ == "xcomp" and above.lemma_ in _OBJECT_CONTROL:
            objects = [c for c in above.children if c.dep_ in {"dobj", "dative"}]
            if objects:
                return objects[0]
        token = above
        seen += 1
    return None


def pronoun_before(verb: Token) -> Token | None:
    """Return the pronoun right before a cue, which is its subject whatever the parse says (", he added")."""
    i = verb.i - 1
    while i > 0 and verb.doc[i].pos_ in {"ADV", "AUX"}:
        i -= 1
    token = verb.doc[i] if i >= 0 else None
    return token if token is not None and token.lower_ in _NOMINATIVE and verb.tag_ != "VBG" else None


def _own(verb: Token) -> Token | None:
    passive = None
    for child in verb.children:
        if child.dep_ in _SUBJECTS or child.dep_ == "expl":
            return child
        if child.dep_ == "nsubjpass":
            passive = child
    if passive is not None:
        return agent(verb) or passive
    return None


def agent(verb: Token) -> Token | None:
    """Return who is named by "by" in a passive clause."""
    for child in verb.children:
        if child.dep_ == "agent":
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    return None


def _above(verb: Token) -> Token | None:
    """Return the verb from which `verb` inherits its subject: coordination, participles, infinitives."""
    head = verb.head
    if head.i == verb.i:
        return None
    if verb.dep_ in {"conj", "xcomp", "advcl", "relcl"} and head.pos_ in {"VERB", "AUX"}:
        return head
    if verb.dep_ == "xcomp" and head.dep_ == "acomp":  # "is likely to say"
        return head.head
    if verb.dep_ == "pcomp" and head.head.pos_ in {"VERB", "AUX"}:
        return head.head
    if verb.dep_ == "ccomp" and verb.tag_ == "VBG" and head.pos_ in {"VERB", "AUX"}:
        return head
    return None


def _inverted(verb: Token) -> Token | None:
    """Return a subject after the verb that the parser took for an object ("…," said Ms. Okafor)."""
    for child in verb.rights:
        if child.dep_ in {"dobj", "attr", "oprd", "npadvmod", "appos"} and child.pos_ in {
            "PROPN",
            "PRON",
            "NOUN",
        }:
            return child if child.ent_type_ not in {"DATE", "TIME"} else None
    return None
