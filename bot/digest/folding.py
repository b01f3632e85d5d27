"""Text → folded words: one word for all spellings, demonyms and names of what the terms file knows.

"Immigration", "migrants" and "mass migration" become ``migration``; "Moscow" and "Russian" become ``russia``.
Everything else is stemmed; stop words are left out. Themes are found and compared over these words only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib import resources

from bot.models import EntityKind
from bot.normalise import STOP_WORDS, stem, words
from bot.reference import Reference

JOIN = "_"  # inside a folded word that stands for several: strategic_autonomy
_TITLES = frozenset({"mr", "mrs", "ms", "dr", "sir", "rep", "sen", "gen", "prof"})


@lru_cache(maxsize=1)
def generic() -> frozenset[str]:
    """Return the stems of words that say nothing by themselves ("leader", "question"): an editable list."""
    text = resources.files("bot.digest").joinpath("generic.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(stem(word) for line in lines for word in line.split()) | _TITLES


class Folding:
    """The folding that a reference gives; holds its table of forms."""

    def __init__(self, reference: Reference) -> None:
        self.kinds: dict[str, EntityKind] = {}
        self._forms: dict[tuple[str, ...], str] = {}
        capitals: dict[str, str] = {}
        for person in reference.people:
            self._person(person.name, person.kind)
        for term in reference.terms:
            name = JOIN.join(words(term.name))
            self.kinds[name] = term.kind
            for form in (term.name, *term.spellings, *term.demonyms, *term.abbreviations, *term.also):
                folded = tuple(words(form))
                if all(w in STOP_WORDS or len(w) == 1 for w in folded):
                    capitals[form] = f" {term.name} "  # "US" is read by its capitals, "us" is a pronoun
                elif form[:1].isupper() or form not in term.also:
                    self._forms.setdefault(folded, name)
        self._forms.pop((), None)
        self._capitals = capitals
        self._longest: dict[str, int] = {}  # words of the longest form by its first word
        for parts in self._forms:
            self._longest[parts[0]] = max(len(parts), self._longest.get(parts[0], 0))
        self._known: dict[str, tuple[str, ...]] = {}
        self._stems: dict[str, str] = {}
        alternatives = "|".join(re.escape(form) for form in sorted(capitals, key=len, reverse=True))
        self._pattern = re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)") if capitals else None

    def _person(self, name: str, kind: EntityKind) -> None:
        parts = words(name)
        if kind is EntityKind.PERSON and parts:
            self.kinds[parts[-1]] = kind
            self._forms.setdefault(tuple(parts), parts[-1])
            self._forms.setdefault((parts[-1],), parts[-1])

    def tokens(self, text: str, *, places: bool = False, said: Sequence[str] = ()) -> tuple[str, ...]:
        """Return the folded words of `text` in order, without stop words.

        With `places`, a name of several words is followed by the places in it: "war in Ukraine" is about
        that war and about Ukraine. `said` are the words of `text` where they are known already.
        """
        if self._pattern and self._pattern.search(text):
            text, said = self._pattern.sub(lambda m: self._capitals[m.group()], text), ()
        return tuple(self._folded(said or words(text), places))

    def phrase(self, text: str) -> tuple[str, ...]:
        """Return the folded words of a short text; the same phrases come again and again in a day."""
        if text not in self._known:
            self._known[text] = self.tokens(text)
        return self._known[text]

    def _folded(self, found: Sequence[str], places: bool) -> list[str]:
        folded: list[str] = []
        at = 0
        while at < len(found):
            length = self._form_at(found, at) if found[at] in self._longest else 0
            if length:
                form = tuple(found[at : at + length])
                name = self._forms[form]
                folded += (name, *self._places(form, name)) if places and length > 1 else (name,)
            elif stemmed := self._stemmed(found[at]):
                folded.append(stemmed)
            at += length or 1
        return folded

    def _form_at(self, found: Sequence[str], at: int) -> int:
        """Return the words of the longest form that begins at a word, 0 for none."""
        longest = min(self._longest[found[at]], len(found) - at)
        return next((n for n in range(longest, 0, -1) if tuple(found[at : at + n]) in self._forms), 0)

    def _stemmed(self, word: str) -> str:
        """Return the stem of a word, "" of a stop word; a day has few different words."""
        if word not in self._stems:
            self._stems[word] = "" if word in STOP_WORDS else stem(word)
        return self._stems[word]

    def _places(self, found: Sequence[str], whole: str) -> Iterator[str]:
        for word in found:
            name = self._forms.get((word,))
            if name is not None and name != whole and self.kinds.get(name) is EntityKind.PLACE:
                yield name
