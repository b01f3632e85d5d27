"""Whether a clause can be checked against a record, and why: the rules that choose facts among clauses.

Evidence is what the clause says itself: numbers, dates, named subject, a deed that records keep, a
comparison, a document's finding, a status. Advice, opinion, questions and hypotheses are no facts.
"""

from __future__ import annotations

from bot.extract._clauses import Clause
from bot.extract._evidence import Evidence
from bot.extract._tree import Tree
from bot.extract._words import lists
from bot.models import Modality

_WORDS = lists("facts")
SAYING, DECLARING, DOING = _WORDS["saying"], _WORDS["declaring"], _WORDS["doing"]
MEASURING, DOCUMENTS, FINDING = _WORDS["measuring"], _WORDS["documents"], _WORDS["finding"]
_JUDGING, _ABSTRACT, _MEASURABLE = _WORDS["judging"], _WORDS["abstract"], _WORDS["measurable"]
_ROLES, _CLASSES, _MEANING = _WORDS["roles"], _WORDS["classes"], _WORDS["meaning"]
_ABSTRACT_UNITS = _ABSTRACT | {f"{noun}s" for noun in _ABSTRACT} | {"choices", "priorities", "stories"}
_ABSTRACT_OBJECTS = _ABSTRACT | _WORDS["vague"]
_PROMISING, _CARRYING, _STANDING = _WORDS["promising"], _WORDS["carrying"], _WORDS["standing"]
_COVER = frozenset({"anonymity", "authorize", "authorise", "unnamed"})
_TIMES = frozenset({"hours", "days", "weeks", "months", "years", "decades"})
_MEASURES = _TIMES | {"%", "times", "USD", "EUR", "GBP", "km", "miles", "tons", "tonnes"}
_PROMISED = frozenset({"expected", "set", "scheduled", "due", "slated", "going", "poised"})

_ADVICE = frozenset({"must", "should", "ought", "shall"})
_PERHAPS = frozenset({"may", "might", "could", "can"})
_AHEAD = frozenset({"will", "wo", "'ll", "’ll", "would"})
_TALKERS = frozenset({"i", "we", "you", "your", "my", "us", "me"})
_HYPOTHESIS = frozenset({"if", "unless", "whether", "lest"})
_COMPARING = frozenset({"than", "any", "globally", "worldwide", "ever", "world", "record", "among"})


def reason(tree: Tree, clause: Clause, evidence: Evidence) -> str | None:
    """Return why a clause is a fact, or None where it is none."""
    if _excluded(tree, clause):
        return None
    rules = (_measured, _compared, _found, _done, _dated, _status)
    kind = next((name for rule in rules if (name := rule(tree, clause, evidence))), None)
    if kind is None:
        return None
    parts = [
        kind,
        "number" if evidence.numbers and kind != "number" else "",
        "date" if evidence.dated and kind != "date" else "",
        "named subject" if evidence.named else "",
        "negative" if negated(tree, clause) else "",
    ]
    return " + ".join(part for part in parts if part)


def document(tree: Tree, start: int, end: int) -> bool:
    """Say whether a sentence's subject is a document, so that "it" may stand for it in the next."""
    for token in range(start, end):
        if tree.deps[token] == "nsubj" and tree.deps[tree.head[token]] == "ROOT":
            return tree.lemmas[token] in DOCUMENTS
    return False


def modality(tree: Tree, clause: Clause) -> Modality:
    """Read the modality off the auxiliaries and verbs of meaning and expecting."""
    auxiliaries = _auxiliaries(tree, clause)
    if auxiliaries & _PERHAPS:
        return Modality.POSSIBILITY
    if auxiliaries & _AHEAD or _expected(tree, clause) or tree.lemmas[clause.head] in {"expect", "forecast"}:
        return Modality.FORECAST
    return Modality.PROPOSAL if tree.lemmas[clause.head] in _MEANING | {"call"} else Modality.ASSERTED


def negated(tree: Tree, clause: Clause) -> bool:
    """Say whether the clause denies: not, never, no longer, "no ships", "nobody"."""
    if any(tree.deps[c] == "neg" or _no_longer(tree, c) for c in tree.children[clause.head]):
        return True
    if clause.predicate and tree.child(clause.head, "aux") is None and clause.kind == "apposition":
        return False
    for child in tree.children[clause.head]:
        if tree.deps[child] in {"nsubj", "nsubjpass", "dobj", "attr"} and _none(tree, child):
            return True
    return False


def _no_longer(tree: Tree, adverb: int) -> bool:
    return tree.words[adverb].lower() == "longer" and adverb > 0 and tree.words[adverb - 1].lower() == "no"


def _none(tree: Tree, noun: int) -> bool:
    empty = {"no", "nobody", "none", "nothing", "neither", "never"}
    return tree.lemmas[noun] in empty or any(
        tree.words[c].lower() in empty and tree.deps[c] in {"det", "neg"} for c in tree.children[noun]
    )


def _auxiliaries(tree: Tree, clause: Clause) -> frozenset[str]:
    return frozenset(tree.words[c].lower() for c in tree.children[clause.head] if tree.deps[c] == "aux")


def _expected(tree: Tree, clause: Clause) -> bool:
    """ "is expected to", "is set to", "is going to", "is likely to"."""
    if tree.child(clause.head, "xcomp") is None:
        return False
    if tree.words[clause.head].lower() in {
        "expected",
        "set",
        "scheduled",
        "due",
        "slated",
        "going",
        "poised",
    }:
        return True
    return any(tree.words[c].lower() in {"likely", "due", "set"} for c in tree.children[clause.head])


def _excluded(tree: Tree, clause: Clause) -> bool:
    """Advice, hypotheses, questions, talk of I and you, and clauses about nothing named."""
    head = clause.head
    if _auxiliaries(tree, clause) & _ADVICE or _obliged(tree, head):
        return True
    if clause.topic is None and clause.kind == "main" and tree.tags[head] == "VB":
        return True
    if clause.subject is not None and _talks(tree, clause.subject):
        return True
    if _unbalanced(tree, clause) or _of_source(tree, clause):
        return True
    return _hypothetical(tree, clause) or _asks(tree, clause) or clause.kind == "bare"


def _talks(tree: Tree, subject: tuple[int, int]) -> bool:
    """Say whether a subject is or holds I, we or you; "US" is none of them."""
    return any(tree.pos[t] == "PRON" and tree.words[t].lower() in _TALKERS for t in range(*subject))


def _unbalanced(tree: Tree, clause: Clause) -> bool:
    """Say whether a quotation mark opens or closes inside the clause alone: its borders are wrong."""
    words = tree.words[slice(*clause.span)]
    return words.count("“") != words.count("”") or words.count('"') % 2 == 1


def _of_source(tree: Tree, clause: Clause) -> bool:
    """Say whether a clause only describes who is quoted: "a report released Wednesday"."""
    if clause.kind not in {"relative", "participle"} or clause.topic is None:
        return False
    above = tree.head[clause.topic]
    if any(tree.lemmas[t] in _COVER for t in clause.own):
        return True
    if tree.deps[clause.topic] == "nsubj" and clause.kind == "participle":
        return tree.lemmas[above] in SAYING
    return (
        tree.deps[clause.topic] == "pobj"
        and tree.deps[tree.head[above]] in {"prep", "pcomp"}
        and (tree.words[tree.head[above]].lower() == "according")
    )


def _obliged(tree: Tree, head: int) -> bool:
    """ "has to choose", "need to act"."""
    return tree.lemmas[head] in {"have", "need"} and tree.child(head, "xcomp") is not None


def _hypothetical(tree: Tree, clause: Clause) -> bool:
    for child in tree.children[clause.head]:
        word = tree.words[child].lower()
        if tree.deps[child] == "mark" and word in _HYPOTHESIS:
            return True
        if tree.deps[child] == "advcl" and _marked(tree, child, _HYPOTHESIS):
            return True
    return False


def _marked(tree: Tree, verb: int, marks: frozenset[str]) -> bool:
    return any(
        tree.words[c].lower() in marks for c in tree.children[verb] if tree.deps[c] in {"mark", "advmod"}
    )


def _asks(tree: Tree, clause: Clause) -> bool:
    first, last = clause.span
    after = tree.words[last : last + 2]
    return "?" in after or tree.words[first].lower() in {"how", "why", "whether", "when", "what"}


# --- the rules, strongest first ---------------------------------------------------------------------------


def _measured(tree: Tree, clause: Clause, evidence: Evidence) -> str | None:
    """A number of something that can be counted or measured."""
    counts = [q for q in evidence.numbers if q.unit != "ordinal" and q.unit not in _ABSTRACT_UNITS]
    if not counts or _speech(tree, clause):
        return None
    counts = [q for q in counts if q.value != 1 or q.unit in _MEASURES]
    telling = [q for q in counts if q.unit in _MEASURES or q.value > 10 or q.comparator or q.value < 1]
    anchored = evidence.named or evidence.dated or evidence.elsewhere
    return "number" if telling or anchored else None


def _compared(tree: Tree, clause: Clause, evidence: Evidence) -> str | None:
    """A comparison that a measure decides, by verb ("exceeds", "ranks") or superlative."""
    if _judged(tree, clause) or not (evidence.named or evidence.elsewhere or clause.topic is not None):
        return None
    words = {tree.words[t].lower() for t in clause.own}
    if tree.lemmas[clause.head] in {"exceed", "outnumber", "outpace", "surpass", "outspend", "rank", "top"}:
        return "comparison"
    graded = [t for t in clause.own if tree.tags[t] in {"JJS", "JJR", "RBS"} and _by_measure(tree, t)]
    superlative = any(tree.tags[t] != "JJR" for t in graded)
    if superlative and (words & _COMPARING or evidence.named):
        return "comparison"
    return (
        "comparison"
        if graded and "than" in words and evidence.named and _past_or_perfect(tree, clause)
        else None
    )


def _by_measure(tree: Tree, token: int) -> bool:
    return tree.lemmas[token] in _MEASURABLE


def _found(tree: Tree, clause: Clause, evidence: Evidence) -> str | None:
    """What a document finds, says or leaves out."""
    if evidence.sourced and evidence.named and not (_speech(tree, clause) or _judged(tree, clause)):
        return "document's finding" if _past_or_perfect(tree, clause) else None
    if clause.topic is None or tree.lemmas[clause.head] not in FINDING:
        return None
    says = any(
        tree.deps[c] in {"ccomp", "dobj", "prep"} and c > clause.head for c in tree.children[clause.head]
    )
    said = tree.lemmas[clause.topic] in DOCUMENTS or evidence.document
    return "document's finding" if said and says else None


def _done(tree: Tree, clause: Clause, evidence: Evidence) -> str | None:
    """A deed or declaration by somebody named, over, under way, promised or standing."""
    acts = _acts(tree, clause.head)
    known = evidence.named or evidence.definite
    if not acts & (DOING | DECLARING) or not known or _judged(tree, clause):
        return None
    if clause.kind == "participle" and not evidence.dated:
        return None
    settled = _past_or_perfect(tree, clause) or _auxiliaries(tree, clause) & (_AHEAD | _PERHAPS)
    denied = negated(tree, clause)
    if not (settled or denied or (evidence.named and evidence.elsewhere) or _standing(tree, clause)):
        return None
    if not (denied or evidence.dated or evidence.elsewhere or (evidence.named and _concrete(tree, clause))):
        return None
    return "commitment" if acts & _PROMISING else "event"


def _acts(tree: Tree, verb: int) -> frozenset[str]:
    """The lemma of a verb, and of the deed that it only carries: "continues to provide"."""
    carried = tree.child(verb, "xcomp", "ccomp")
    if carried is None or carried < verb or tree.lemmas[verb] not in _CARRYING:
        return frozenset({tree.lemmas[verb]})
    return frozenset({tree.lemmas[verb], tree.lemmas[carried]})


def _standing(tree: Tree, clause: Clause) -> bool:
    return any(tree.words[c].lower() in _STANDING for c in tree.children[clause.head])


def _dated(tree: Tree, clause: Clause, evidence: Evidence) -> str | None:
    """Something that happened at a named time."""
    if not evidence.dated or _speech(tree, clause) or _judged(tree, clause):
        return None
    if clause.kind in {"apposition", "event"}:
        return "date"
    deed = bool(_acts(tree, clause.head) & (DOING | DECLARING))
    known = evidence.named or clause.kind in {"relative", "participle"} or (evidence.pointed and deed)
    return (
        "date"
        if known and tree.lemmas[clause.head] not in {"be", "seem", "appear", "need", "remain"}
        else None
    )


def _status(tree: Tree, clause: Clause, evidence: Evidence) -> str | None:
    """What somebody or something named is: office, kind, name."""
    if _judged(tree, clause):
        return None
    if clause.kind == "apposition":
        return _apposed(tree, clause, evidence)
    if tree.words[clause.head].lower() in {"known", "called", "named", "nicknamed", "renamed"}:
        return "status" if clause.kind == "participle" and evidence.elsewhere else None
    if _located(tree, clause) and clause.topic is not None and tree.pos[clause.topic] in {"NOUN", "PROPN"}:
        return "status"
    if not evidence.named:
        return None
    if tree.lemmas[clause.head] == "be":
        noun = tree.child(clause.head, "attr")
        return "status" if noun is not None and _class(tree, noun) and _settled(tree, clause) else None
    return (
        "status"
        if tree.lemmas[clause.head] in {"serve", "chair", "head", "own"} and _settled(tree, clause)
        else None
    )


def _located(tree: Tree, clause: Clause) -> bool:
    """ "is still in short supply", "are no longer under sanctions"."""
    placed = tree.child(clause.head, "prep") is not None and tree.child(clause.head, "attr", "acomp") is None
    return tree.lemmas[clause.head] == "be" and placed and _standing(tree, clause)


def _apposed(tree: Tree, clause: Clause, evidence: Evidence) -> str | None:
    if clause.topic is None or tree.pos[clause.topic] != "PROPN" or tree.pos[clause.head] == "PROPN":
        return None
    named = tree.entities[clause.topic] == "PERSON" and tree.lemmas[clause.head] in _ROLES
    only = any(tree.words[t].lower() == "only" for t in clause.own)
    return "status" if named or only or (_class(tree, clause.head) and evidence.elsewhere) else None


def _class(tree: Tree, noun: int) -> bool:
    return tree.lemmas[noun] in _CLASSES or tree.lemmas[noun] in _ROLES


def _settled(tree: Tree, clause: Clause) -> bool:
    return not _auxiliaries(tree, clause) & (_PERHAPS | _AHEAD)


def _speech(tree: Tree, clause: Clause) -> bool:
    lemma = tree.lemmas[clause.head]
    return clause.kind not in {"apposition", "event"} and lemma in SAYING and lemma not in DECLARING


def _judged(tree: Tree, clause: Clause) -> bool:
    """Say whether the clause leans on a word that judges; words in quotation marks are not its own."""
    quoted = False
    for token in range(*clause.span):
        if tree.words[token] in {"“", "”"}:
            quoted = tree.words[token] == "“"
        judges = tree.lemmas[token] in _JUDGING or tree.words[token].lower() in _JUDGING
        if judges and not quoted and token in clause.own:
            return True
    return False


def _past_or_perfect(tree: Tree, clause: Clause) -> bool:
    """Say whether the verb tells of something done or under way, not of a habit."""
    if tree.tags[clause.head] in {"VBD", "VBN"}:
        return True
    return tree.tags[clause.head] == "VBG" and (
        tree.child(clause.head, "aux") is not None or clause.kind == "participle"
    )


def _concrete(tree: Tree, clause: Clause) -> bool:
    if clause.object is None:
        return False
    nouns = [t for t in range(*clause.object) if tree.pos[t] in {"NOUN", "PROPN"}]
    return bool(nouns) and not any(tree.lemmas[t] in _ABSTRACT_OBJECTS for t in nouns[:2])
