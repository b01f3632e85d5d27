"""A question as typed → what it asks: intent, speaker words, topic words, filters; pure.

Forms are patterns (`_forms`). Function words that are misspelt (mentoined, abt) are corrected for the
comparison with the forms only; what the reader typed as speaker or topic goes on as typed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from rapidfuzz.distance import OSA

from bot.models import Polarity
from bot.normalise import fold
from bot.search import _dates
from bot.search._dates import Days
from bot.search._english import is_word
from bot.search._forms import FORMS, FUNCTION_WORDS, KEYWORDS, Form, Intent
from bot.search._shorthand import CLIPPED, CONTRACTED, LEAD, SHORT, TAIL
from bot.search._slips import cost

__all__ = ["Days", "Intent", "Question", "readings"]

_TELLING = frozenset(
    {"tell", "tells", "told", "give", "gives", "gave", "show", "let", "all", "both"}
)  # us, not the US
_ASKED_HOW = frozenset({"about", "on", "if", "whether", "for", "why", "how"})
_QUESTIONS, _QUOTES = frozenset({"what", "who", "how"}), frozenset({"quote", "quotes"})
MOST_CHARACTERS = 4_000
MOST_WORDS = 500
_PASTED = re.compile(r"[\"“”„«»](?P<text>[^\"“”„«»]{3,})[\"“”„«»]?")
_VERIFY = re.compile(
    r"^\s*(?:please\s+)?(?:verify|fact[- ]?check|check|is this (?:quote )?real|confirm)\b[\s:]*(?P<rest>.+)$",
    re.I | re.S,
)
_ACCORDING = re.compile(
    r"^\s*according to (?P<first>[^,:]+)[,:]\s*(?P<rest>\S.*)$|"
    r"^\s*(?P<before>\S.*?),? according to (?P<last>[^,]+?)[\s?.!]*$",
    re.I | re.S,
)
_DOTTED = re.compile(r"(?:[a-z]\.)+[a-z]")
_SYMBOLS = frozenset("$€£%#+")
_EDGE = re.compile(r"^[^\w$€£%#+&]+|[^\w$€£%+]+$")
_SPEAKER_AFTER = re.compile(
    r"^[\s,.–—-]*(?:said|says|by|from|according to)?[\s:]*(?P<who>[\w .'’-]{2,80}?)[\s.?!]*$", re.I
)


@dataclass(frozen=True, slots=True)
class Question:
    """What a reader asks.

    `speaker`, `topic` and `either` (one or the other) are words as typed. `claim` marks a topic that is a
    statement, not a subject. `about` leaves out what the topic's own person says. `pasted` are the words
    between quotation marks, `verb` how somebody is to have said it. `when` are the words that named
    `days`, `setting` where it was said; `wants` is what a fact must hold. A `tentative` reading holds only
    if its speaker is known.
    """

    text: str
    intent: Intent
    speaker: str = ""
    topic: str = ""
    either: str = ""
    claim: bool = False
    anything: bool = False
    about: bool = False
    wants: str | None = None
    polarities: tuple[Polarity, ...] = ()
    days: Days | None = None
    when: str = ""
    pasted: str = ""
    verb: str = ""
    tentative: bool = False
    person: bool = False
    quoted: bool = False
    setting: str = ""

    @property
    def loose(self) -> bool:
        """Say whether all of the text may as well be words of a topic, though some were taken otherwise."""
        return self.tentative or (self.intent is Intent.FREE and self.days is not None)


@dataclass(frozen=True, slots=True)
class _Word:
    raw: str
    shape: str


def readings(text: str, today: date) -> list[Question]:
    """Return what `text` may ask, likeliest first; the last one is always the free search.

    A reading is `tentative` when it holds only if its speaker is known. `today` is the reader's local date.
    """
    text = " ".join(text.replace("\x00", " ")[:MOST_CHARACTERS].split()[:MOST_WORDS])
    if verify := _verify(text):
        return [verify]
    pasted = _PASTED.search(text)
    words = _words(text)
    days, when, words = _days(words, today)
    common = Question(text, Intent.FREE, days=days, when=when, pasted=_long_paste(pasted))
    if source := _ACCORDING.match(text):
        return _according(source, words, common)
    found, firmness = _fitting(words, common)
    mended = [_mended(w) for w in words]
    if mended != words:
        better, rank = _fitting(mended, common)
        if rank < firmness or rank == len(FORMS) or _left(better[-1]) < _left(found[-1]):
            found = [*better, *found]  # quotes abuot X: a more telling form, or one that takes up the slip
    if found and found[0].intent is Intent.WHETHER and _is_pasted(found[0]):
        return [replace(found[0], intent=Intent.VERIFY, topic="")]
    return [*found, replace(common, topic=_raw(words))]


def _left(asked: Question) -> int:
    """Return how many words the form leaves to the speaker and the topic."""
    return len(f"{asked.speaker} {asked.topic} {asked.either}".split())


def _is_pasted(asked: Question) -> bool:
    """Say whether what somebody is to have said stands between quotation marks, and nothing else."""
    return bool(asked.pasted) and fold(asked.topic).strip(' .?!"') == fold(asked.pasted).strip(' .?!"')


def _according(source: re.Match[str], words: list[_Word], common: Question) -> list[Question]:
    """according to S, how much is X; how much is X according to S: what S says of it."""
    who = _words(source["first"] or source["last"])
    rest = [w for w in _words(source["rest"] or source["before"]) if w in words]
    asked, _ = _fitting(rest, common)
    topic = next((q for q in asked if not q.tentative), replace(common, topic=_raw(rest)))
    said = replace(topic, intent=Intent.SAID, speaker=_raw(who), topic=topic.topic or topic.either, either="")
    return [replace(said, polarities=(), about=False, anything=False), replace(common, topic=_raw(words))]


def _verify(text: str) -> Question | None:
    match = _VERIFY.match(text)
    if match is None:
        return None
    rest = match["rest"]
    pasted = _PASTED.search(rest)
    if pasted is None:
        return Question(text, Intent.VERIFY, topic=rest.strip(), pasted=rest.strip(' "“”'))
    around = f"{rest[: pasted.start()]} {rest[pasted.end() :]}"
    who = _SPEAKER_AFTER.match(around)
    return Question(
        text, Intent.VERIFY, speaker=who["who"].strip() if who else "", pasted=pasted["text"].strip()
    )


def _long_paste(match: re.Match[str] | None) -> str:
    return match["text"].strip() if match and len(match["text"].split()) >= 2 else ""


def _words(text: str) -> list[_Word]:
    found: list[_Word] = []
    for raw in text.split():
        shape = _EDGE.sub("", fold(raw))
        if shape in _SYMBOLS or not shape:  # how much $
            continue
        if whole := CONTRACTED.get(shape):
            raw = shape = whole
        if _DOTTED.fullmatch(shape):  # U.S. is US
            raw = shape = shape.replace(".", "")
            raw = raw.upper()
        for part in SHORT.get(shape, shape).split():
            before = found[-1].shape if found else ""
            country = part == "us" and before not in _TELLING
            typed = part if shape in SHORT else _EDGE.sub("", raw) or raw
            found.append(_Word("US" if country else CLIPPED.get(part, typed), CLIPPED.get(part, part)))
    found = _unasked(found)
    lead = LEAD.match(" ".join(w.shape for w in found) + " ")
    skip = len(lead[0].split()) if lead else 0
    found = found[skip:] if skip < len(found) else found
    asked = bool(found) and found[0].shape in _QUESTIONS  # what do people say about X, quotes
    while len(found) > 1 and (found[-1].shape in TAIL or (asked and found[-1].shape in _QUOTES)):
        found.pop()
    return found


def _unasked(words: list[_Word]) -> list[_Word]:
    """What did S say when asked about X: what S said about X."""
    shapes = [w.shape for w in words]
    for n in range(1, len(shapes) - 2):
        if shapes[n : n + 2] == ["when", "asked"]:
            about = replace(words[n], raw="about", shape="about")
            return [*words[:n], about, *words[n + 2 + (shapes[n + 2] in _ASKED_HOW) :]]
    return words


def _days(words: list[_Word], today: date) -> tuple[Days | None, str, list[_Word]]:
    shape = " ".join(w.shape for w in words)
    if (named := _dates.find(shape, today)) is None:
        return None, "", words
    days, match = named
    first, last = _range(words, match.start(), match.end())
    return days, match[0], [*words[:first], *words[last:]]


def _fitting(words: list[_Word], common: Question) -> tuple[list[Question], int]:
    """Return what the words may ask, and how telling the form that surely fits is: 0 the most."""
    shape = " ".join(w.shape for w in words)
    found: list[Question] = []
    for n, form in enumerate(FORMS):
        if match := form.pattern.match(shape):
            found.append(_question(form, match, words, common))
            if not form.tentative:
                return found, n
    return found, len(FORMS)


def _question(form: Form, match: re.Match[str], words: list[_Word], common: Question) -> Question:
    parts = {
        name: _raw(words[slice(*_range(words, *match.span(name)))])
        for name, value in match.groupdict().items()
        if value
    }
    return replace(
        common,
        intent=form.intent,
        speaker=parts.get("speaker", ""),
        topic=parts.get("claim") or parts.get("topic", ""),
        either=parts.get("either", ""),
        claim="claim" in parts,
        anything=form.anything,
        about=form.about,
        wants=form.wants,
        polarities=form.polarities,
        verb=parts.get("verb", ""),
        setting=parts.get("setting", ""),
        tentative=form.tentative,
        person=form.person,
        quoted=form.quoted,
    )


def _range(words: list[_Word], start: int, end: int) -> tuple[int, int]:
    """Return the words that the characters `start` to `end` of the joined shapes cover."""
    at, first, last = 0, len(words), 0
    for n, word in enumerate(words):
        if at < end and at + len(word.shape) > start:
            first, last = min(first, n), n + 1
        at += len(word.shape) + 1
    return (first, last) if last else (0, 0)


def _raw(words: list[_Word]) -> str:
    kept: list[str] = []
    for n, word in enumerate(words):
        if n == 0 or word.raw != words[n - 1].raw or word.shape == words[n - 1].shape:
            kept.append(word.raw)
    return " ".join(kept)


def _mended(word: _Word) -> _Word:
    """Correct a misspelt function word: one slip, two from nine letters on."""
    return replace(word, shape=_keyword(word.shape))


_BY_LENGTH = defaultdict(list, {n: [k for k in sorted(KEYWORDS) if len(k) == n] for n in range(4, 20)})


@lru_cache(maxsize=4_096)
def _keyword(shape: str) -> str:
    if shape in KEYWORDS or len(shape) < 4 or not shape.isalpha():
        return shape
    most = 1 if len(shape) < 9 else 2
    alike = [k for n in range(max(4, len(shape) - most), len(shape) + most + 1) for k in _BY_LENGTH[n]]
    if is_word(shape):  # who paid is not who said
        alike = [k for k in alike if k in FUNCTION_WORDS]
    near = [k for k in alike if OSA.distance(shape, k, score_cutoff=most) <= most]
    return min(near, key=lambda k: (cost(shape, k), k not in FUNCTION_WORDS, k), default=shape)
