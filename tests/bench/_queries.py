"""Questions with known right rows for the search bench: clean, and with slips in their key words.

Forms: who mentioned X · what did S say about X · quotes from S on X and Y · quotes S · a half-remembered
fragment. The right rows of each size are found by one scan over all rows.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.normalise import STOP_WORDS, content_words, token
from tests.bench._corpus import Row

_NEIGHBOURS = {
    "q": "wa", "w": "qes", "e": "wrd", "r": "etf", "t": "ryg", "y": "tuh", "u": "yij", "i": "uok", "o": "ipl",
    "p": "ol", "a": "qsz", "s": "awdx", "d": "sefc", "f": "drgv", "g": "fthb", "h": "gyjn", "j": "hukm",
    "k": "jil", "l": "kop", "z": "asx", "x": "zsdc", "c": "xdfv", "v": "cfgb", "b": "vghn", "n": "bhjm",
    "m": "njk",
}  # fmt: skip
_ENTITY = re.compile(r"(?<=[a-z,] )[A-Z][\w-]{3,}(?: [A-Z][\w-]{2,}){0,2}")
_WORD = re.compile(r"[A-Za-z][\w-]+")


@dataclass
class Query:
    """A question in both spellings; `right` are the numbers of the rows that answer it."""

    kind: str
    clean: str
    slips: str
    phrase: list[str] = field(default_factory=list)
    surname: str = ""
    name: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    right: list[int] = field(default_factory=list)


def make(rows: Sequence[Row], asked: Sequence[Row], each: int, seed: int) -> list[Query]:
    """Return about `each` questions of every form for the rows `asked`, which are some of `rows`."""
    rng = random.Random(seed)
    counts = Counter(t for r in rows for t in {token(w) for w in content_words(r.text)})
    made = [
        *_mentions(asked, each, rng),
        *_abouts(asked, each, rng, counts),
        *_pairs(asked, each, rng, counts),
        *_speakers(asked, each // 2, rng),
        *_fragments(asked, each, rng),
    ]
    return [q for q in made if q.clean != q.slips]


def resolve(queries: Sequence[Query], rows: Sequence[Row], start: int) -> None:
    """Add the right ones among `rows`, whose first has the number `start`."""
    by_word: defaultdict[str, list[Query]] = defaultdict(list)
    by_name: defaultdict[str, list[Query]] = defaultdict(list)
    for q in queries:
        if q.phrase:
            by_word[max(q.phrase, key=len)].append(q)
        else:
            by_name[q.surname].append(q)
    for n, row in enumerate(rows, start):
        tokens = [token(w) for w in content_words(row.text)]
        joined = f" {' '.join(tokens)} "
        for word in by_word.keys() & set(tokens):
            for q in by_word[word]:
                if f" {' '.join(q.phrase)} " in joined:
                    q.right.append(n)
        _resolve_names(by_name, frozenset(_tokens(row.speaker)), frozenset(tokens), n)


def _resolve_names(
    by_name: Mapping[str, list[Query]], speaker: frozenset[str], tokens: frozenset[str], n: int
) -> None:
    for surname in by_name.keys() & speaker:
        for q in by_name[surname]:
            if q.name <= speaker and q.needs <= tokens:
                q.right.append(n)


def slip(word: str, rng: random.Random) -> str:
    """One keyboard slip: letters swapped, a neighbouring key, a letter dropped or doubled."""
    places = [n for n, c in enumerate(word) if c.lower() in _NEIGHBOURS]
    if len(places) < 4:
        return word
    at = rng.choice(places[1:]) if rng.random() < 0.9 else places[0]
    how = rng.choice(("swap", "replace", "drop", "double", "insert"))
    if how == "swap" and at + 1 < len(word) and word[at] != word[at + 1]:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if how == "drop":
        return word[:at] + word[at + 1 :]
    if how == "double":
        return word[:at] + word[at] + word[at:]
    near = rng.choice(_NEIGHBOURS[word[at].lower()])
    return word[:at] + near + word[at if how == "insert" else at + 1 :]


def slips(phrase: str, rng: random.Random, most: int = 1) -> str:
    """Slips in the longest words; long ones may get two."""
    words = phrase.split()
    order = sorted(
        range(len(words)), key=lambda n: (words[n].lower() in STOP_WORDS, -len(words[n]) + rng.random())
    )
    for n in order[:most]:
        words[n] = slip(words[n], rng)
        if len(words[n]) >= 8 and rng.random() < 0.35:
            words[n] = slip(words[n], rng)
    found = " ".join(words)
    return found.lower() if rng.random() < 0.6 else found


def _tokens(text: str) -> list[str]:
    return [token(w) for w in content_words(text)]


def _take(found: Iterator[Query], each: int) -> list[Query]:
    return [q for q, _ in zip(found, range(each), strict=False)]


def _mentions(rows: Sequence[Row], each: int, rng: random.Random) -> list[Query]:
    counts = Counter(e for r in rows for e in set(_ENTITY.findall(r.text)))
    names = [
        e for e, n in sorted(counts.items())
        if n <= 12 and max(map(len, e.split())) >= 5 and not any(w.lower() in STOP_WORDS for w in e.split())
    ]  # fmt: skip
    rng.shuffle(names)
    asked = (f"who mentioned {e}" for e in names)
    return _take(
        (
            Query("mention", q, f"who mentioned {slips(e, rng)}", phrase=_tokens(e))
            for q, e in zip(asked, names, strict=True)
        ),
        each,
    )


def _named(row: Row) -> bool:
    words = row.speaker.split()
    return (
        1 <= len(words) <= 4 and all(w[:1].isupper() and w.isalpha() for w in words) and len(words[-1]) >= 4
    )


def _abouts(rows: Sequence[Row], each: int, rng: random.Random, counts: Counter[str]) -> list[Query]:
    def found() -> Iterator[Query]:
        for row in rng.sample([r for r in rows if _named(r)], min(len(rows), each * 8)):
            grams = _grams(row.text, counts)
            if grams:
                topic = rng.choice(grams)
                who = row.speaker if rng.random() < 0.5 else row.speaker.split()[-1]
                yield _spoken("about", "what did {s} say about {t}", who, topic, row, rng)

    return _take(found(), each)


def _grams(text: str, counts: Counter[str]) -> list[str]:
    words = _WORD.findall(text)
    key = [w.lower() not in STOP_WORDS and len(w) >= 4 and w.isalpha() for w in words]
    return [
        " ".join(words[a : a + n]).lower()
        for n in (2, 3)
        for a in range(len(words) - n + 1)
        if key[a] and key[a + n - 1] and min(counts[t] for t in _tokens(" ".join(words[a : a + n]))) <= 200
    ]


def _pairs(rows: Sequence[Row], each: int, rng: random.Random, counts: Counter[str]) -> list[Query]:
    def found() -> Iterator[Query]:
        for row in rng.sample([r for r in rows if _named(r)], min(len(rows), each * 8)):
            words = sorted({w.lower() for w in _WORD.findall(row.text) if len(w) >= 4 and w.isalpha()})
            rare = [w for w in words if w not in STOP_WORDS and 2 <= counts[token(w)] <= 600]
            if len(rare) >= 2:
                topic = " ".join(rng.sample(rare, 2))
                yield _spoken("pair", "quotes from {s} on {t}", row.speaker.split()[-1], topic, row, rng)

    return _take(found(), each)


def _spoken(kind: str, form: str, who: str, topic: str, row: Row, rng: random.Random) -> Query:
    return Query(
        kind,
        form.format(s=who, t=topic),
        form.format(s=slips(who, rng), t=slips(topic, rng)),
        surname=token(row.speaker.split()[-1].lower()),
        name=frozenset(_tokens(who)),
        needs=frozenset(_tokens(topic)),
    )


def _speakers(rows: Sequence[Row], each: int, rng: random.Random) -> list[Query]:
    counts = Counter(r.speaker for r in rows if _named(r))
    names = sorted(n for n, c in counts.items() if 2 <= c <= 60)
    rng.shuffle(names)
    return [
        Query(
            "speaker",
            f"quotes {n}",
            f"quotes {slips(n, rng)}",
            surname=token(n.split()[-1].lower()),
            name=frozenset(_tokens(n)),
        )
        for n in names[:each]
    ]


def _fragments(rows: Sequence[Row], each: int, rng: random.Random) -> list[Query]:
    bag = [
        w
        for w, _ in Counter(
            w for r in rows for w in r.text.split() if w.islower() and len(w) > 3
        ).most_common(6_000)
    ]

    def found(accept: Callable[[str], bool]) -> Iterator[Query]:
        for row in rng.sample(rows, min(len(rows), each * 6)):
            words = re.findall(r"[\w'’-]+", row.text)
            if len(words) < 12:
                continue
            size = rng.randint(7, 11)
            at = rng.randrange(len(words) - size + 1)
            part = words[at : at + size]
            if sum(accept(w) for w in part) < 4:
                continue
            phrase = _tokens(" ".join(part))
            for n in rng.sample(range(size), rng.randint(1, 3)):
                part[n] = rng.choice(bag)
            text = " ".join(part)
            yield Query("fragment", text, slips(text, rng, 2), phrase=phrase)

    return _take(found(lambda w: w.lower() not in STOP_WORDS and len(w) > 3), each)
