"""Names, roles and offices made comparable: places and demonyms as one, abbreviations written out; pure."""

from __future__ import annotations

from collections.abc import Iterable

from bot.models import EntityKind, Term
from bot.normalise import STOP_WORDS, name_key, printed_words, token
from bot.search._words import DROPPED, OFFICE, OFFICE_OF_TWO

Tokens = frozenset[str]

_PLACES = frozenset({EntityKind.PLACE, EntityKind.INSTITUTION})


class Offices:
    """Makes words comparable: places and demonyms to one key, abbreviations of office written out."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._keys: dict[tuple[str, ...], str] = {}
        self._standing: dict[str, str] = {}
        self._longest: dict[str, int] = {}  # words of the longest place that begins with a word
        for term in terms:
            if term.kind is EntityKind.PLACE:
                self._standing |= {name_key(form): term.name for form in term.also}
            if term.kind in _PLACES:
                for form in (term.name, *term.spellings, *term.abbreviations, *term.demonyms):
                    words = tuple(w.lstrip("\ue000") for w in printed_words(form))
                    self._keys.setdefault(words, "§" + name_key(term.name).replace(" ", ""))
                    first = "".join(words[:1])
                    self._longest[first] = max(self._longest.get(first, 0), len(words))

    def tokens(self, text: str) -> Tokens:
        """Return the comparable tokens of a name, a role, or speaker words as typed."""
        words = [w.lstrip("\ue000") for w in printed_words(text)]
        found: set[str] = set()
        at = 0
        while at < len(words):
            most = self._longest.get(words[at], 0)
            size = next((n for n in range(most, 0, -1) if tuple(words[at : at + n]) in self._keys), 0)
            if size:
                found.add(self._keys[tuple(words[at : at + size])])
            elif office := OFFICE_OF_TWO.get((words[at], *words[at + 1 : at + 2])):
                found.add(token(office))
                size = 2
            else:
                found |= self._word(words[at])
            at += size or 1
        return frozenset(found) or frozenset(token(w) for w in words)

    def forms(self, texts: Iterable[str]) -> tuple[Tokens, ...]:
        """Return the comparable tokens of each name or role, no two alike."""
        return tuple(dict.fromkeys(map(self.tokens, texts)))

    def stands_for(self, typed: str) -> str | None:
        """Return the place that another speaks for: Paris for France."""
        return self._standing.get(name_key(typed))

    def knows(self, word: str) -> bool:
        """Say whether the word is an office's, a place's, or carries nothing."""
        if (word,) in self._keys or (word.removesuffix("s"),) in self._keys:
            return True
        return word in OFFICE or word in DROPPED or word in STOP_WORDS

    def _word(self, word: str) -> set[str]:
        if word.endswith("s") and (word[:-1],) in self._keys:  # Germanys, for Germany's
            return {self._keys[(word[:-1],)]}
        if word in DROPPED or (word in STOP_WORDS and word != "us"):
            return set()
        return {token(w) for w in OFFICE.get(word, word).split()}
