"""What a reader's topic may be called: topic words → groups of alternatives, each with its weight.

A group is one thing asked for: a term of the file with all its forms, a person with name and roles, two
words that the corpus writes as one, or a word with its corrections and its family. Nothing is guessed beyond
the corpus and the editable files.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace

from bot.irregular import BASE
from bot.normalise import STOP_WORDS, printed_words, token
from bot.search._english import is_word
from bot.search._slips import plausible
from bot.search._words import FAINT, LIGHT, NUMBERS
from bot.search.people import Directory
from bot.search.terms import ALSO, SHORT, Alternative, Terms
from bot.search.vocabulary import Vocabulary
from bot.store.passages import tokens_of

_KEPT = "\ue000"
_MOST_GROUPS = 40
LONG = 4  # groups; a remembered stretch of words has more
_LONGEST_NAME = 4  # words
_LONGEST_TERM = 8  # words, little ones included
_COMMON = 20  # a word that stands in so many passages is no slip
_FAINT_WEIGHT = 0.25
_OR = re.compile(r"\s+or\s+(?:about\s+|on\s+)?", re.I)
_DENYING = ("un", "in", "im", "dis", "non")
_LEAST_JOINED = 3  # letters
_STEM = 6  # letters that tell a word whatever its ending
_TWO = 2  # slips that make a word of the language are too many
_DOUBTFUL = 0.7
_OUTNUMBERED = 0.9  # a word that is rather a slip of a far commoner one
_ABSENT = 1.2
_UNKNOWN = 0.6  # of the weight of the rarest word: an unknown word weighs, but may be a paraphrase


@dataclass(frozen=True, slots=True)
class Group:
    """One thing asked for. `known`: the corpus has a word for it; `corrected` is the word put for a slip.

    `absent`: a name or a term of the file that the corpus does not have; nothing else stands for it.
    `actor`: somebody, a country or an institution, that can do something.
    """

    typed: str
    alternatives: tuple[Alternative, ...]
    weight: float
    known: bool = True
    corrected: str | None = None
    person: str | None = None
    absent: bool = False
    actor: bool = False

    @property
    def surest(self) -> Alternative:
        """Return what was typed, or the likeliest correction of what nobody ever wrote."""
        mended = (token(self.corrected),) if self.corrected else ()
        return next((a for a in self.alternatives if a.tokens == mended), self.alternatives[0])


@dataclass(frozen=True, slots=True)
class Topics:
    """Builds groups from topic words, against one workspace's words and people."""

    vocabulary: Vocabulary
    directory: Directory
    terms: Terms
    passages: int

    def groups(self, topic: str, *, people: bool = True) -> tuple[Group, ...]:
        """Return the groups of a topic, in the order typed, at most 40."""
        words = [w for w in printed_words(topic) if len(w.lstrip(_KEPT)) > 1 or w.isalnum()]
        names = _capitalised(topic)
        found: list[Group] = []
        at = 0
        while at < len(words) and len(found) < _MOST_GROUPS:
            group, size = self._next(words, at, people)
            if group:
                unheard = not group.known and not group.corrected and group.typed in names
                found.append(replace(group, absent=True) if unheard else group)
            at += size
        if not found and words:
            found = [self._plain(w.lstrip(_KEPT)) for w in words[:_MOST_GROUPS]]
        return tuple({g.alternatives or (g.typed,): g for g in found}.values())

    def either(self, topic: str) -> tuple[Group, ...]:
        """Return the groups of a topic; of one thing or another, each in one word or term, a single group."""
        sides = [self.groups(side) for side in _OR.split(topic)] if _OR.search(topic) else []
        each = [[g for g in side if token(g.typed) not in FAINT] for side in sides]
        if len(each) < _TWO or any(len(side) != 1 for side in each):
            return self.groups(topic)
        things = [g for side in each for g in side]
        forms: dict[tuple[str, ...], float] = {}
        for a in (a for g in things for a in g.alternatives if g.known):
            forms[a.tokens] = max(a.strength, forms.get(a.tokens, 0.0))
        if not forms:
            return self.groups(topic)
        alternatives = tuple(Alternative(t, s) for t, s in forms.items())
        return (self._weighed(" or ".join(g.typed for g in things), alternatives),)

    def _next(self, words: list[str], at: int, people: bool) -> tuple[Group | None, int]:
        if _is_stop(words[at]):
            return None, 1
        key = token(words[at].lstrip(_KEPT))
        named = people and self.directory.hears(key)
        meant = [self._of_term(w) for w in words[at : at + _LONGEST_TERM]]
        longest = max(self.terms.reach(token(meant[0].lstrip(_KEPT))), _LONGEST_NAME if named else 0)
        for size in range(min(longest, len(words) - at), 0, -1):
            part = words[at : at + size]
            if _is_stop(part[-1]):
                continue
            if group := self._term(part) or (self._person(part) if named else None):
                return group, size
            if size > 1 and (group := self._term(meant[:size])):
                return group, size
        word = words[at].lstrip(_KEPT)
        if at + 1 < len(words) and (joined := self._joined(word, words[at + 1].lstrip(_KEPT))):
            return joined, 2
        plain = self._plain(word)
        term = self._term(meant[:1]) if meant[0] != words[at] and not is_word(word) else None
        return (self._either(plain, term) if term and term.known else plain), 1

    def _either(self, plain: Group, term: Group) -> Group:
        """A slip of a word that the corpus has, or of one that the file of terms has for another: foundd."""
        found = dict(plain.alternatives)
        for a in term.alternatives:
            found.setdefault(a.tokens, 0.95 * a.strength)
        both = self._weighed(plain.typed, tuple(Alternative(t, s) for t, s in found.items()))
        return replace(both, corrected=plain.corrected)

    def _of_term(self, word: str) -> str:
        """A word that the corpus lacks may be a slip of a word of a longer term."""
        return word if self.vocabulary.token_count(token(word.lstrip(_KEPT))) else self.terms.mended(word)

    def _term(self, part: list[str]) -> Group | None:
        tokens = tuple(token(w.lstrip(_KEPT)) for w in part if not _is_stop(w))
        alternatives = self.terms.alternatives(tokens)
        if not alternatives:
            return None
        if not any(self._held(a) for a in alternatives if a.strength > ALSO or self.terms.part(tokens)):
            # "the island" stands for Taiwan only where Taiwan is named
            alternatives = tuple(a for a in alternatives if a.strength > ALSO)
        group = self._weighed(" ".join(w.lstrip(_KEPT) for w in part), alternatives)
        group = replace(group, actor=self.terms.acts(tokens))
        # a term that the file knows and the corpus does not have is no paraphrase of anything
        if group.known:
            return group
        return replace(group, weight=group.weight * _ABSENT / _UNKNOWN, absent=True)

    def _held(self, alternative: Alternative) -> bool:
        return all(self.vocabulary.token_count(t) for t in alternative.tokens)

    def _person(self, part: list[str]) -> Group | None:
        typed = " ".join(w.lstrip(_KEPT) for w in part)
        found = self.directory.find(typed, by_role=False, mend=False)
        if not found or found.several or (len(part) == 1 and not self._is_name(found.names or found.known)):
            return None
        name = (*found.names, *found.known)[0]
        if {w for w in part if _is_stop(w)} - set(printed_words(name)):  # "…, but he, Trump, …" is no name
            return None
        if self.directory.kind(name) not in {"person", None} or len(name.split()) > _LONGEST_NAME:
            return None
        forms: dict[tuple[str, ...], float] = {tokens_of(typed): 1.0}
        for form in self.directory.forms(name):
            forms.setdefault(tokens_of(form), 0.9)
        if " " in name:
            forms.setdefault((tokens_of(name) or ("",))[-1:], 0.95)
        alternatives = tuple(Alternative(t, s) for t, s in forms.items() if t)
        group = self._weighed(typed, alternatives)
        return replace(group, person=name, absent=not group.known, actor=True)

    def _is_name(self, names: tuple[str, ...]) -> bool:
        return bool(names) and self.directory.kind(names[0]) in {"person", None}

    def _joined(self, word: str, following: str) -> Group | None:
        """Two words that the corpus writes as one: trans atlantic, peace keeping; F-35."""
        whole = word + following
        numbered = word.isalpha() and following.isdigit()
        if _is_stop(following):  # an article that lacks a blank somewhere makes no word: senateand, leavethe
            return None
        if not numbered and min(len(word), len(following)) < _LEAST_JOINED:
            return None
        if not self.vocabulary.token_count(token(whole)):
            return None
        alternatives = (Alternative((token(word), token(following)), 1.0), Alternative((token(whole),), 1.0))
        if not self._held(alternatives[0]):
            alternatives = alternatives[::-1]
        return self._weighed(f"{word} {following}", alternatives)

    def _plain(self, word: str) -> Group:
        key = token(word)
        found: dict[tuple[str, ...], float] = {(key,): 1.0}
        count = self.vocabulary.token_count(key)
        if word in NUMBERS:
            found[(NUMBERS[word],)] = 1.0
        for spelt in (w for w, n in NUMBERS.items() if n == word):
            found[(token(spelt),)] = 1.0
        corrected, best = self._corrections(word, count)
        if count and best and self.vocabulary.outnumbers(best, word):
            count, found[(key,)] = 0, _OUTNUMBERED
        found |= {k: s for k, s in corrected.items() if k not in found}
        for other in self.vocabulary.kin(key):
            found.setdefault((other,), 0.8)
        if not count and not corrected:
            found |= {k: s for k, s in self._split(word).items() if k not in found}
        alternatives = tuple(Alternative(t, s) for t, s in found.items())
        return replace(self._weighed(word, alternatives), corrected=best if not count else None)

    def _corrections(self, word: str, count: int) -> tuple[dict[tuple[str, ...], float], str | None]:
        """Return what the word may be a slip of, with strengths, and the likeliest word."""
        if len(word) < 4 or word.isdigit() or self.terms.knows((token(word),)):
            return {}, None
        common = count >= _COMMON
        if common and (is_word(word) or not self.vocabulary.may_be_outnumbered(word)):
            return {}, None
        if word in BASE:  # a form of a common verb is no slip: sent is not spent
            return {}, None
        near = self.vocabulary.near(word)
        if is_word(word):  # to leave is not to love, but a treat may be a threat
            near = [n for n in near if n.distance < _TWO]
        least = math.log1p(count) if count else -math.inf
        near = [n for n in near if n.score > least and n.word != word and plausible(word, n.word)]
        if not near or (common and not self.vocabulary.outnumbers(near[0].word, word)):
            return {}, None
        found: dict[tuple[str, ...], float] = {}
        for n in near:
            relative = math.exp(-(near[0].score - n.score) * 0.08)
            if relative >= 0.5:
                key = (token(n.word),)
                unlike = len(word) <= SHORT and word[0] != n.word[0]
                found[key] = max((_DOUBTFUL if unlike else 0.95) * relative, found.get(key, 0.0))
        return found, near[0].word

    def _split(self, word: str) -> dict[tuple[str, ...], float]:
        found: dict[tuple[str, ...], float] = {}
        for cut in range(3, len(word) - 2):
            left, right = token(word[:cut]), token(word[cut:])
            if self.vocabulary.token_count(left) and self.vocabulary.token_count(right):
                found[(left, right)] = 0.9
        if not found:
            found = self._denied(word)
        if not found and len(word) > 4:
            found = {(t,): 0.6 for t in self.vocabulary.beginning(token(word), 3)} or self._misended(word)
        return found

    def _denied(self, word: str) -> dict[tuple[str, ...], float]:
        """What a word denies may be denied in other words: ungrateful, insufficiently grateful."""
        bare = next((word.removeprefix(p) for p in _DENYING if word.startswith(p)), "")
        if len(bare) < _STEM - 1:
            return {}
        near = [bare, *(n.word for n in self.vocabulary.near(bare)[:1] if plausible(bare, n.word))]
        return {(token(w),): _DOUBTFUL for w in near if self.vocabulary.token_count(token(w))}

    def _misended(self, word: str) -> dict[tuple[str, ...], float]:
        """A slip in the ending of a form that the corpus lacks: negotiatng, where it has negotiate."""
        if len(word) < _STEM + 2 or is_word(word):
            return {}
        stems = self.vocabulary.beginning(word[:_STEM])
        return {(t,): 0.8 for t in stems if word.startswith(t)}

    def _weighed(self, typed: str, alternatives: tuple[Alternative, ...]) -> Group:
        """Weigh a group by the rarity of its best known form: one IDF for all of them."""
        counts = [(a, min(self.vocabulary.token_count(t) for t in a.tokens)) for a in alternatives]
        known = [(a.strength, n) for a, n in counts if n > 0]
        if known:
            weight = math.log(1 + self.passages / (1 + max(known)[1]))
        else:
            weight = _UNKNOWN * math.log(1 + self.passages / 2)
        first = alternatives[0].tokens
        if all(t in FAINT for t in first) or (not known and all(t in LIGHT for t in first)):
            weight *= _FAINT_WEIGHT
        return Group(typed, alternatives, max(weight, 0.1), bool(known))


def _capitalised(topic: str) -> set[str]:
    """Return the folded words that are typed as names: with a capital, among words without one."""
    typed = topic.split()
    capitals = {w for t in typed if t[:1].isupper() for w in printed_words(t)}
    return capitals if len(typed) > sum(t[:1].isupper() for t in typed) else set()


def _is_stop(word: str) -> bool:
    return word in STOP_WORDS
