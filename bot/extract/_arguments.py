"""What a clause speaks of and says: its subject, predicate and object as ranges of tokens."""

from __future__ import annotations

from bot.extract._tree import Tree

Range = tuple[int, int]  # token numbers, end exclusive

SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
_OBJECTS = frozenset({"dobj", "attr", "acomp", "oprd", "dative", "xcomp", "ccomp"})


def subject_of(tree: Tree, verb: int) -> tuple[int | None, Range | None]:
    """The head and range of what a clause speaks of; shared with the clause above where it has none."""
    if misread(tree, verb):
        return _noun_before(tree, verb)
    for _ in range(6):
        found = tree.child(verb, *SUBJECTS)
        relative = found is not None and tree.tags[found] in {"WDT", "WP"}
        if found is not None and not relative and tree.words[found].lower() != "that":
            return found, noun_phrase(tree, found)
        if tree.deps[verb] in {"relcl", "acl"}:
            topic = _antecedent(tree, verb)
            return topic, noun_phrase(tree, topic, tree.lefts[verb])
        if tree.deps[verb] not in {"conj", "advcl", "xcomp"}:
            return None, None
        verb = tree.head[verb]
    return None, None


def misread(tree: Tree, token: int) -> bool:
    """Say whether the parse calls a full verb an auxiliary: it has an object of its own."""
    return tree.deps[token] in {"aux", "auxpass"} and tree.child(token, "dobj") is not None


def _noun_before(tree: Tree, verb: int) -> tuple[int | None, Range | None]:
    """The noun phrase that ends at a verb, a bracket between them aside."""
    token, depth = verb - 1, 0
    while token > 0 and (tree.words[token] == ")" or depth > 0):
        depth += (tree.words[token] == ")") - (tree.words[token] == "(")
        token -= 1
    if token < 0 or tree.pos[token] not in {"NOUN", "PROPN"}:
        return None, None
    return token, noun_phrase(tree, token)


def _antecedent(tree: Tree, verb: int) -> int:
    """The noun that a relative clause modifies; a plural verb seeks a plural noun further up."""
    noun = tree.head[verb]
    first = min([verb, *(c for c in tree.children[verb] if tree.deps[c] in {"aux", "auxpass"})])
    plural = tree.words[first].lower() in {"have", "are", "were"} or tree.tags[first] == "VBP"
    climbing = noun
    while plural and tree.tags[climbing] in {"NN", "NNP"} and tree.child(climbing, "conj") is None:
        above = tree.head[climbing]
        if tree.deps[climbing] != "pobj" or tree.deps[above] != "prep":
            return noun
        further = _object_before(tree, above)
        if further is None:
            return noun
        climbing = further
    return climbing


def _object_before(tree: Tree, preposition: int) -> int | None:
    """The noun that a preposition follows: its head, or the object of the verb that it hangs on."""
    above = tree.head[preposition]
    if tree.nominal(above):
        return above
    return next((c for c in tree.children[above] if tree.deps[c] == "dobj" and c < preposition), None)


def noun_phrase(tree: Tree, head: int, until: int | None = None) -> Range:
    """The range of a noun with what modifies it, clauses and appositions left out."""
    low, high = head, head + 1
    waiting = [head]
    while waiting:
        node = waiting.pop()
        for child in tree.children[node]:
            if tree.deps[child] in {"relcl", "acl", "appos", "punct", "cc", "advcl", "ccomp", "parataxis"}:
                continue
            if until is not None and child >= until:
                continue
            low, high = min(low, child), max(high, child + 1)
            waiting.append(child)
    return low, high


def adjoins(tree: Tree, end: int, verb: int, low: int) -> bool:
    """Say whether a noun phrase stands before the clause with at most a few words and no verb between."""
    gap = range(end, min(low, verb))
    return end <= verb and len(gap) <= 6 and not any(tree.pos[t] in {"VERB", "AUX"} for t in gap)


def predicate_of(tree: Tree, verb: int) -> Range:
    """The verb with its auxiliaries, negation and particle, where they stand together."""
    parts = {verb, *(c for c in tree.children[verb] if tree.deps[c] in {"aux", "auxpass", "neg", "prt"})}
    low = high = verb
    first = min(parts)
    if all(t in parts or tree.pos[t] in {"ADV", "PART"} for t in range(first, verb)):
        low = first
    while high + 1 in parts:
        high += 1
    return low, high + 1


def object_of(tree: Tree, verb: int, end: int) -> Range | None:
    """What follows the verb as its object, complement, or noun after its first preposition; up to `end`."""
    found = next((c for c in tree.children[verb] if c > verb and tree.deps[c] in _OBJECTS), None)
    if found is None:
        prep = next((c for c in tree.children[verb] if tree.deps[c] in {"prep", "agent"} and c > verb), None)
        found = tree.child(prep, "pobj", "pcomp") if prep is not None else None
    if found is None or found >= end:
        return None
    low, high = (
        noun_phrase(tree, found) if tree.nominal(found) else (tree.lefts[found], tree.rights[found] + 1)
    )
    return low, min(high, end)
