"""The file of terms: which forms stand for one another, and how well."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from bot.models import EntityKind, Term
from bot.normalise import content_words
from bot.search._slips import plausible
from bot.search.vocabulary import Vocabulary
from bot.store.passages import tokens_of

SHORT = 5  # letters; with another first letter it is as likely another word: tanks and ranks
ALSO = 0.5  # how well what only stands for a thing stands for it: Paris for France
_ACTORS = frozenset({EntityKind.PLACE, EntityKind.INSTITUTION, EntityKind.PERSON, EntityKind.GROUP})


class Alternative(NamedTuple):
    """One way to say it: a token or a phrase, and how well it stands for what was typed (0 to 1)."""

    tokens: tuple[str, ...]
    strength: float


class Terms:
    """The file of terms by every form."""

    def __init__(self, terms: Iterable[Term]) -> None:
        terms = tuple(terms)
        self._forms: defaultdict[tuple[str, ...], list[Term]] = defaultdict(list)
        self._also: defaultdict[tuple[str, ...], list[Term]] = defaultdict(list)
        for term in terms:
            for form in _forms(term):
                self._forms[tokens_of(form)].append(term)
            for form in term.also:
                self._also[tokens_of(form)].append(term)
        self._reach: dict[str, int] = {}
        for tokens in (*self._forms, *self._also):
            if tokens:
                self._reach[tokens[0]] = max(self._reach.get(tokens[0], 0), len(tokens) + 2)
        self._words = Vocabulary()
        self._words.update(
            sorted({(w, 1) for term in terms for form in _forms(term) for w in content_words(form)})
        )

    def alternatives(self, tokens: tuple[str, ...]) -> tuple[Alternative, ...]:
        """Return all forms of the terms that `tokens` name, the typed one first."""
        terms, typed_also = self._forms.get(tokens, []), self._also.get(tokens, [])
        if not terms and not typed_also:
            return ()
        found = {tokens: 1.0}
        for term in terms:
            for form in _forms(term):
                found.setdefault(tokens_of(form), 0.97)
            for form in term.also:
                found.setdefault(tokens_of(form), ALSO)
        for term in typed_also:
            for form in _forms(term):
                found.setdefault(tokens_of(form), ALSO)
        return tuple(Alternative(t, s) for t, s in found.items() if t)

    def reach(self, first: str) -> int:
        """Return how many words, little ones included, a form that begins with this token may take."""
        return self._reach.get(first, 0)

    def mended(self, word: str) -> str:
        """Return the word of a form that a misspelt word may be, else the word: secnd world war."""
        if len(word) < SHORT or word.isdigit() or self._words.count(word):
            return word
        near = (n.word for n in self._words.near(word) if n.word != word and plausible(word, n.word))
        return next(near, word)

    def part(self, tokens: tuple[str, ...]) -> bool:
        """Say whether this form only stands for something: Paris for France."""
        return tokens in self._also and tokens not in self._forms

    def acts(self, tokens: tuple[str, ...]) -> bool:
        """Say whether the form names a country, an institution or somebody."""
        return any(t.kind in _ACTORS for t in (*self._forms.get(tokens, ()), *self._also.get(tokens, ())))

    def knows(self, tokens: tuple[str, ...]) -> bool:
        """Say whether the file has this very form."""
        return tokens in self._forms or tokens in self._also


def _forms(term: Term) -> tuple[str, ...]:
    return (term.name, *term.abbreviations, *term.spellings, *term.demonyms)
