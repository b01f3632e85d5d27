"""The clauses of a sentence, each as a readable slice with its subject, predicate and object.

Rules over the dependency parse: every verb with arguments of its own opens a clause; conjoined verbs share
a subject; relative and participle clauses and appositions carry the noun phrase that they say something of.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.extract._arguments import (
    SUBJECTS,
    Range,
    adjoins,
    misread,
    noun_phrase,
    object_of,
    predicate_of,
    subject_of,
)
from bot.extract._tree import Tree
from bot.extract._trimming import bracketed, trimmed

_CLAUSAL = frozenset({"ROOT", "conj", "ccomp", "advcl", "relcl", "acl", "parataxis", "csubj"})
_DASHES = frozenset({"—", "–", "-", "--"})
_LEADS = frozenset({"a", "an", "more", "less", "up", "down", "nearly", "almost"})
_APPOSED = frozenset({"appos", "npadvmod", "advmod", "dobj", "ccomp"})
_BREAKS = frozenset({",", "—", "–", "-", "--", "(", ";", ":"})


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of one sentence in token numbers; `own` are its tokens without embedded clauses.

    `kind` is main, dependent, relative, participle, apposition or event; `head` is the verb, or the noun
    of an apposition or event. `topic` heads the noun phrase that the clause says something of.
    """

    kind: str
    head: int
    span: Range
    own: frozenset[int]
    topic: int | None
    subject: Range | None
    predicate: Range | None
    object: Range | None


def clauses(tree: Tree, start: int, end: int, cues: frozenset[str]) -> Iterator[Clause]:
    """Yield the clauses of the sentence from token `start` to `end`; `cues` are lemmas of saying."""
    for token in range(start, end):
        if opens_clause(tree, token):
            clause = _clause(tree, token, (start, end), cues)
            if clause:
                yield clause
        elif tree.deps[token] in _APPOSED and _set_off(tree, token):
            yield _apposition(tree, token)


def opens_clause(tree: Tree, token: int) -> bool:
    """Say whether a token is the verb of a clause."""
    if misread(tree, token):
        return True
    if tree.deps[token] not in _CLAUSAL:
        return False
    if tree.pos[token] not in {"AUX", "VERB"}:
        return tree.deps[token] not in {"relcl", "acl"} and _has_subject(tree, token)
    return not _infinitive(tree, token)


def _has_subject(tree: Tree, verb: int) -> bool:
    return tree.child(verb, "nsubj", "nsubjpass") is not None


def _infinitive(tree: Tree, verb: int) -> bool:
    """Say whether a verb is an infinitive with "to", or conjoined with one."""
    while True:
        if any(tree.words[c].lower() == "to" for c in tree.children[verb] if tree.deps[c] == "aux"):
            return True
        if _has_subject(tree, verb):
            return False
        if tree.deps[verb] != "conj" or tree.tags[verb] != "VB":
            return tree.deps[verb] == "conj" and tree.deps[tree.head[verb]] in {"xcomp", "pcomp"}
        verb = tree.head[verb]


def _clause(tree: Tree, verb: int, sentence: Range, cues: frozenset[str]) -> Clause | None:
    kind = _kind(tree, verb)
    own, spread = _owned(tree, verb, cues)
    low, high = _run(tree, verb, spread)
    topic, subject = subject_of(tree, verb)
    noun = _carried(tree, verb, kind, subject)
    if noun and adjoins(tree, noun[1], verb, low):
        low = min(low, noun[0])
    low, high = trimmed(tree, *bracketed(tree, verb, max(low, sentence[0]), min(high, sentence[1])))
    if low >= high:
        return None
    return Clause(
        kind,
        verb,
        (low, high),
        frozenset(own),
        topic,
        subject,
        predicate_of(tree, verb),
        object_of(tree, verb, high),
    )


def _carried(tree: Tree, verb: int, kind: str, subject: Range | None) -> Range | None:
    """The noun phrase that a relative or participle clause says something of and takes along."""
    if kind not in {"relative", "participle"}:
        return subject if misread(tree, verb) else None
    if tree.deps[verb] == "relcl" and subject is not None and subject[0] > tree.head[verb]:
        return noun_phrase(tree, tree.head[verb], tree.lefts[verb])
    return subject


def _run(tree: Tree, verb: int, spread: set[int]) -> Range:
    """The stretch around the verb that other clauses do not interrupt, the subject always within."""
    subject = tree.child(verb, *SUBJECTS)
    first, last = (verb, verb) if subject is None else (min(verb, subject), max(verb, subject))
    low = high = verb
    while low > 0 and (low > first or low - 1 in spread or tree.pos[low - 1] == "PUNCT"):
        low -= 1
    end = len(tree.words) - 1
    while high < end and (high < last or high + 1 in spread or tree.pos[high + 1] == "PUNCT"):
        high += 1
    return low, high + 1


def _kind(tree: Tree, verb: int) -> str:
    dep = tree.deps[verb]
    if dep == "relcl":
        return "relative"
    if dep in {"acl", "advcl"} and tree.tags[verb] in {"VBG", "VBN"} and not _finite(tree, verb):
        return "participle"
    if dep in {"acl", "advcl", "ccomp", "csubj"}:
        return "dependent"
    if dep == "conj":
        above = tree.head[verb]
        return _kind(tree, above) if opens_clause(tree, above) else "main"
    opening = tree.tags[verb] == "VBN" and not _finite(tree, verb) and not _has_subject(tree, verb)
    return "participle" if opening else "main"


def _finite(tree: Tree, verb: int) -> bool:
    if tree.child(verb, "aux", "auxpass", "nsubj", "nsubjpass") is not None:
        return True
    return tree.tags[verb] in {"VBD", "VBP", "VBZ"}


def _owned(tree: Tree, verb: int, cues: frozenset[str]) -> tuple[set[int], set[int]]:
    """Tokens of a clause: those it says itself, and those it spreads over with what is kept inside it."""
    own, spread = {verb}, {verb}
    waiting = [(verb, True)]
    while waiting:
        node, counts = waiting.pop()
        for child in tree.children[node]:
            cut = _cut(tree, node, child, cues)
            if cut == "away":
                continue
            inside = counts and cut != "inside"
            spread.add(child)
            if inside:
                own.add(child)
            waiting.append((child, inside))
    return own, spread


def _cut(tree: Tree, node: int, child: int, cues: frozenset[str]) -> str:
    """Say whether a child stays, stays but speaks for itself (inside), or is another clause (away)."""
    dep = tree.deps[child]
    if _another(tree, node, child):
        return "away"
    if dep == "ccomp":
        return _complement(tree, node, child, cues)
    if dep in {"relcl", "acl"}:
        return _modifier(tree, node, child)
    if dep == "appos":
        if not _broken(tree, child):
            return "stays"
        return "away" if _at_tail(tree, node, child) else "inside"
    return "stays"


def _another(tree: Tree, node: int, child: int) -> bool:
    """Say whether a child opens a clause of its own beside the one above, or names the source of it."""
    dep = tree.deps[child]
    if dep == "conj":
        return opens_clause(tree, child) and opens_clause(tree, node)
    if dep == "advcl":
        return tree.child(child, "mark", "advmod") is not None or _broken(tree, child)
    if dep in {"npadvmod", "dobj", "advmod"}:
        return child > node and _set_off(tree, child)
    if dep == "ccomp" and child > node and tree.words[tree.lefts[child] - 1] == ":":
        return True
    return dep == "parataxis" or (dep == "prep" and tree.words[child].lower() == "according")


def _complement(tree: Tree, node: int, child: int, cues: frozenset[str]) -> str:
    """What is said is a clause of its own, and stays in the sentence about the saying where it follows."""
    if tree.lemmas[node] in cues or child < node:
        return "inside" if child > node else "away"
    return "stays"


def _modifier(tree: Tree, node: int, child: int) -> str:
    if tree.deps[child] == "acl" and tree.tags[child] not in {"VBG", "VBN"}:
        return "stays"
    if not _broken(tree, child):
        return "inside"
    return "away" if _at_tail(tree, node, child) else "inside"


def _broken(tree: Tree, token: int) -> bool:
    """Say whether a comma, dash or bracket stands before a token's subtree."""
    left = tree.lefts[token]
    return left > 0 and (tree.words[left - 1] in _BREAKS or tree.words[left] in _BREAKS)


def _at_tail(tree: Tree, node: int, child: int) -> bool:
    """Say whether nothing that belongs to the verb above follows the child."""
    top = node
    while not opens_clause(tree, top) and tree.head[top] != top:
        top = tree.head[top]
    return child > top and all(c <= child or tree.deps[c] == "punct" for c in tree.children[node])


def _set_off(tree: Tree, token: int) -> bool:
    """Say whether a noun or measure stands behind a comma, dash or bracket and says more of what precedes."""
    first = _apposed_from(tree, token)
    if first == 0:
        return False
    before = tree.words[first - 1]
    if tree.deps[token] == "appos":
        return tree.nominal(token) and (before in _DASHES or before in {",", "("} or "—" in before)
    measures = tree.pos[first] == "NUM"
    opens = tree.nominal(token) and tree.words[first].lower() in _LEADS
    return (before == "," or before in _DASHES) and (opens or measures) and tree.deps[token] != "conj"


def _apposition(tree: Tree, token: int) -> Clause:
    """A noun phrase in apposition; with a name before it the slice holds both."""
    low, high = _apposed_from(tree, token), tree.rights[token] + 1
    topic = tree.head[token]
    subject = None
    if tree.deps[token] == "appos" and tree.nominal(topic):
        subject = noun_phrase(tree, topic, low)
        low = subject[0] if subject[1] < low <= subject[1] + 2 else low
    first = _apposed_from(tree, token)
    own = frozenset(range(first, high))
    low, high = trimmed(tree, low, high)
    return Clause("apposition", token, (low, high), own, topic, subject, None, (first, high))


def _apposed_from(tree: Tree, token: int) -> int:
    """The first token of an apposition, with a possessor that the parse hung beside it."""
    low = tree.lefts[token]
    while low > 1 and tree.deps[low - 1] == "case":
        low = tree.lefts[low - 1 if tree.head[low - 1] >= low else tree.head[low - 1]]
    return low
