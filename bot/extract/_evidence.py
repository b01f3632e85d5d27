"""What speaks for a clause being a fact: its numbers and dates, and whether what it speaks of is named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.extract._attribution import source_of
from bot.extract._clauses import Clause
from bot.extract._tree import Tree
from bot.extract._words import lists
from bot.models import DateMention, Quantity

_WORDS = lists("facts")
_HELD = _WORDS["roles"] | _WORDS["classes"] | _WORDS["events"] | _WORDS["documents"]
_POINTING = frozenset({"the", "this", "these", "that", "those", "its", "his", "her", "their"})
_PRONOUNS = frozenset({"it", "they", "he", "she"})


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a clause says itself, without the clauses inside it.

    `named` says that its subject holds a name or stands for one in the same sentence, `definite` that the
    subject points to an office, body, event or document (`pointed`: to anything), `elsewhere` that another
    part holds a name, `document` that "it" stands for the document of the sentence before, `sourced` that
    the sentence attributes the clause to a document.
    """

    numbers: tuple[Quantity, ...]
    dated: bool
    named: bool
    elsewhere: bool
    pointed: bool
    definite: bool
    document: bool
    sourced: bool


def weigh(
    tree: Tree,
    clause: Clause,
    sentence: int,
    measures: Sequence[Quantity],
    days: Sequence[DateMention],
    document: bool = False,
) -> Evidence:
    """Gather the evidence of a clause; `sentence` is its first token, `document` ends the sentence before."""
    subject = range(*clause.subject) if clause.subject else range(0)
    names = {t for t in clause.own if is_name(tree, t, sentence)}
    named = any(is_name(tree, t, sentence) for t in subject)
    pronoun = clause.topic is not None and tree.words[clause.topic].lower() in _PRONOUNS
    return Evidence(
        numbers=tuple(q for q in measures if tree.at(q.span.end - 1) in clause.own),
        dated=any(tree.at(d.span.end - 1) in clause.own for d in days),
        named=named or (pronoun and _stands_for(tree, clause, sentence)),
        elsewhere=bool(names.difference(subject)),
        pointed=_pointed(tree, clause),
        definite=_pointed(tree, clause) and tree.lemmas[clause.topic or 0] in _HELD,
        document=document and pronoun,
        sourced=named and _sourced(tree, clause),
    )


def _sourced(tree: Tree, clause: Clause) -> bool:
    """Say whether the sentence attributes the clause to a document."""
    source = source_of(tree, clause) if clause.predicate else None
    return source is not None and tree.lemmas[source] in _WORDS["documents"]


def is_name(tree: Tree, token: int, sentence: int) -> bool:
    """Say whether a token names: a proper noun, or a capital adjective that is no demonym ("Meridian")."""
    if tree.pos[token] == "PROPN":
        return tree.entities[token] not in {"DATE", "TIME"}
    capital = tree.pos[token] == "ADJ" and tree.words[token][:1].isupper() and token > sentence
    return capital and tree.entities[token] != "NORP"


def _pointed(tree: Tree, clause: Clause) -> bool:
    topic = clause.topic
    return topic is not None and any(
        tree.words[c].lower() in _POINTING or tree.deps[c] == "poss" for c in tree.children[topic]
    )


def _stands_for(tree: Tree, clause: Clause, sentence: int) -> bool:
    """Say whether a pronoun has a named subject before it in its sentence."""
    assert clause.topic is not None
    before = range(sentence, clause.topic)
    return any(tree.pos[t] == "PROPN" and tree.deps[t] == "nsubj" for t in before)
