"""What a cue governs that is no clause: "called him a friend", "urged them to stay", "warned of a flood"."""

from __future__ import annotations

from spacy.tokens import Token

from bot.extract._cues import Cue
from bot.extract._reported import Range
from bot.extract._words import word_list

_COMPLEMENTS = {"dobj", "oprd", "attr", "prep", "xcomp", "dative", "acomp", "ccomp", "pcomp", "advcl"}
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
_ADDRESSED = {"tell", "ask", "remind", "assure", "inform", "notify", "reassure", "question", "press"}
MARKED_ONLY = "marked words"


def governed(verb: Token, cue: Cue) -> tuple[list[Range], str]:
    """Return the content that a cue governs, and the name of the frame."""
    rights = [c for c in verb.rights if c.dep_ in _COMPLEMENTS or _strayed(c)]
    kinds = {c.dep_ for c in rights}
    if "infinitive" in cue.frames and any(_infinitive(c) for c in rights):
        return _stretch(rights, cue), "infinitive under the cue"
    if "object" in cue.frames and kinds & {"dobj", "oprd", "attr"} and _speech_object(rights, cue):
        return _stretch(rights, cue), "object of the cue"
    if "as" in cue.frames and "dobj" in kinds and any(c.dep_ == "prep" and c.lower_ == "as" for c in rights):
        return _stretch(rights, cue), "object as something"
    for child in rights:
        found = _prepositional(verb, child, cue, rights)
        if found:
            return found
    return [], MARKED_ONLY


def described(verb: Token) -> list[Range]:
    """Return the noun phrase that a participle says something of ("a plan, proposed by the mayor")."""
    noun = verb.head
    if verb.dep_ != "acl" or noun.pos_ not in {"NOUN", "PROPN"} or noun.i > verb.i:
        return []
    last = verb.i - 1 - verb.nbor(-1).is_punct
    return [(noun.left_edge.i, last)] if last > noun.left_edge.i else []


def _strayed(child: Token) -> bool:
    """Say whether a noun was taken for the verb's partner ("called for calm and safer streets")."""
    return child.dep_ == "conj" and child.pos_ in {"NOUN", "PROPN"}


def _speech_object(rights: list[Token], cue: Cue) -> bool:
    """Say whether an object is one that the cue can be speech with ("raised concerns")."""
    if not cue.objects:
        return True
    objects = [c for c in rights if c.dep_ == "dobj"]
    if "things" in cue.objects:
        return bool(objects) and not any(c.ent_type_ == "PERSON" or c.pos_ == "PRON" for c in objects)
    return any(c.lemma_.lower() in cue.objects for c in objects)


def _infinitive(child: Token) -> bool:
    to = any(c.dep_ == "aux" and c.tag_ == "TO" for c in child.children)
    return (
        to and child.dep_ in {"xcomp", "ccomp", "advcl"} and not any(c.dep_ == "mark" for c in child.children)
    )


def _stretch(rights: list[Token], cue: Cue) -> list[Range]:
    kept = [c for c in rights if c.dep_ != "advcl" or _infinitive(c) or _as_clause(c)]
    kept = [c for c in kept if not is_aside(c)]
    if cue.lemma in _ADDRESSED and len(kept) > 1:
        kept = [c for c in kept if c.dep_ not in {"dobj", "dative"}] or kept
    return [(min(c.left_edge.i for c in kept), max(c.right_edge.i for c in kept))] if kept else []


def _as_clause(child: Token) -> bool:
    """Say whether a clause goes on describing the object ("the order as it was known")."""
    first = child.left_edge
    return first.lower_ == "as" and first.i > 0 and not first.nbor(-1).is_punct


def is_aside(child: Token) -> bool:
    """Say whether a phrase tells when, where or how something was said, not what."""
    if child.dep_ != "prep" or child.lower_ not in _ASIDE:
        return False
    objects = [c for c in child.children if c.dep_ in {"pobj", "pcomp"}]
    if not objects:
        return True
    first = objects[0]
    return (
        first.dep_ == "pcomp"
        or first.ent_type_ in {"DATE", "TIME"}
        or first.lemma_.lower() in word_list("occasions.txt")
    )


def _prepositional(
    verb: Token, child: Token, cue: Cue, rights: list[Token]
) -> tuple[list[Range], str] | None:
    if child.dep_ == "prep" and child.lower_ in cue.frames:
        content = _after_preposition(child, cue, rights)
        return (content, f"{cue.lemma} {child.lower_}") if content else None
    # "called for the bridge to be closed": the parser takes "for" as the mark of a clause
    mark = next((c for c in child.children if c.dep_ == "mark" and c.lower_ in cue.frames), None)
    if mark is not None and child.dep_ in {"advcl", "ccomp", "xcomp"} and mark.i < child.i:
        return [(mark.i + 1, child.right_edge.i)], f"{cue.lemma} {mark.lower_}"
    return None


def _after_preposition(preposition: Token, cue: Cue, rights: list[Token]) -> list[Range]:
    later = [
        c
        for c in rights
        if c.i > preposition.i and not is_aside(c) and c.dep_ in {"prep", "xcomp", "advcl", "ccomp"}
    ]
    later = [c for c in later if c.dep_ == "prep" or _infinitive(c)]
    strayed = [c.right_edge.i for c in rights if _strayed(c) and c.i > preposition.i]
    last = max([preposition.right_edge.i, *(c.right_edge.i for c in later), *strayed])
    objects = [c for c in rights if c.dep_ == "dobj" and c.i < preposition.i]
    if objects and cue.lemma not in _ADDRESSED:  # "accused them of lying": whom and of what
        return [(objects[0].left_edge.i, last)]
    return [(preposition.i + 1, last)] if last > preposition.i else []
