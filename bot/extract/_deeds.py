"""What the verb of a clause does: a deed that records keep, saying, judging; done, under way or standing."""

from __future__ import annotations

from bot.extract._arguments import misread
from bot.extract._clauses import Clause
from bot.extract._tree import Tree
from bot.extract._words import lists

_WORDS = lists("facts")
_SAYING, _DECLARING, _JUDGING = _WORDS["saying"], _WORDS["declaring"], _WORDS["judging"]
_CARRYING, _STANDING = _WORDS["carrying"], _WORDS["standing"]
_VAGUE = _WORDS["abstract"] | _WORDS["vague"]


def acts(tree: Tree, verb: int) -> frozenset[str]:
    """The lemma of a verb, and of the deed that it only carries: "continues to provide"."""
    if misread(tree, verb):
        return frozenset({tree.lemmas[verb], tree.lemmas[verb].removesuffix("s")})
    carried = tree.child(verb, "xcomp", "ccomp")
    if carried is None or carried < verb or tree.lemmas[verb] not in _CARRYING:
        return frozenset({tree.lemmas[verb]})
    return frozenset({tree.lemmas[verb], tree.lemmas[carried]})


def standing(tree: Tree, clause: Clause) -> bool:
    """Say whether an adverb makes a habit a present fact: "still invests"."""
    return any(tree.words[c].lower() in _STANDING for c in tree.children[clause.head])


def speech(tree: Tree, clause: Clause) -> bool:
    """Say whether a clause only reports that somebody says or thinks something."""
    lemma = tree.lemmas[clause.head]
    return clause.kind not in {"apposition", "event"} and lemma in _SAYING and lemma not in _DECLARING


def judged(tree: Tree, clause: Clause) -> bool:
    """Say whether the clause leans on a word that judges; words in quotation marks are not its own."""
    quoted = False
    for token in range(*clause.span):
        if tree.words[token] in {"“", "”"}:
            quoted = tree.words[token] == "“"
        judges = tree.lemmas[token] in _JUDGING or tree.words[token].lower() in _JUDGING
        if judges and not quoted and token in clause.own:
            return True
    return False


def past_or_perfect(tree: Tree, clause: Clause) -> bool:
    """Say whether the verb tells of something done or under way, not of a habit."""
    if tree.tags[clause.head] in {"VBD", "VBN"}:
        return True
    under_way = clause.kind == "participle" or tree.child(clause.head, "aux") is not None
    return tree.tags[clause.head] == "VBG" and under_way


def concrete(tree: Tree, clause: Clause) -> bool:
    """Say whether the object is something that can be looked up, not "concern" or "responsibility"."""
    if clause.object is None:
        return False
    nouns = [t for t in range(*clause.object) if tree.pos[t] in {"NOUN", "PROPN"}]
    return bool(nouns) and not any(tree.lemmas[t] in _VAGUE for t in nouns[:2])
