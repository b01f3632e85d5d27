"""Days named in a question: "since Monday", "last week", "in February", "on 12 February"; pure.

Days, weeks and months choose articles by their date. A year alone says when something happened, so it stays
a word of the topic.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import dateparser

_MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december|"
    "jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec"
)
_DAY = (
    r"(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}\.\d{1,2}\.\d{4}|"
    rf"\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{_MONTHS})\b\.?(?: \d{{4}})?|"
    rf"(?:{_MONTHS})\b\.? \d{{1,2}}(?:st|nd|rd|th)?\b(?!\d)(?:,? \d{{4}})?|"
    r"(?:last |this )?(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)|yesterday|today|"
    r"\d{1,3} (?:days?|weeks?|months?) ago)"
)
_LONG_MONTHS = _MONTHS.replace("|may|", "|").partition("|jan|")[0]  # "may" alone is a verb
_MONTH = rf"(?:(?:{_LONG_MONTHS})(?: \d{{4}})?|(?:{_MONTHS}) \d{{4}})"


@dataclass(frozen=True, slots=True)
class Days:
    """A closed range of local dates; an open end is None."""

    first: date | None
    last: date | None


Read = Callable[[re.Match[str], date], Days | None]


def find(text: str, today: date) -> tuple[Days, re.Match[str]] | None:
    """Return the range that `text` (folded) names and the words that name it; None where it names none."""
    for pattern, read in _FORMS:
        match = pattern.search(text)
        if match and (days := read(match, today)):
            return days, match
    return None


def _parse(words: str, today: date) -> date | None:
    base = datetime(today.year, today.month, today.day)  # noqa: DTZ001  a local day without a clock
    settings = {"RELATIVE_BASE": base, "PREFER_DATES_FROM": "past", "DATE_ORDER": "DMY"}
    words = re.sub(r"^this ", "", words)
    found = dateparser.parse(words.replace(" of ", " "), languages=["en"], settings=settings)
    return found.date() if found else None


def _one(match: re.Match[str], today: date) -> Days | None:
    day = _parse(match["day"], today)
    return Days(day, day) if day else None


def _since(match: re.Match[str], today: date) -> Days | None:
    day = _parse(match["day"], today)
    return Days(day, None) if day else None


def _after(match: re.Match[str], today: date) -> Days | None:
    day = _parse(match["day"], today)
    return Days(day + timedelta(1), None) if day else None


def _before(match: re.Match[str], today: date) -> Days | None:
    day = _parse(match["day"], today)
    return Days(None, day - timedelta(1)) if day else None


def _until(match: re.Match[str], today: date) -> Days | None:
    day = _parse(match["day"], today)
    return Days(None, day) if day else None


def _between(match: re.Match[str], today: date) -> Days | None:
    first, last = _parse(match["day"], today), _parse(match["end"], today)
    return Days(min(first, last), max(first, last)) if first and last else None


def _month(match: re.Match[str], today: date) -> Days | None:
    found = _parse("1 " + match["month"], today)
    if found is None:
        return None
    last = _next_month(found) - timedelta(1)
    return Days(found, None if match["how"] == "since" else last)


def _week(match: re.Match[str], today: date) -> Days | None:
    monday = today - timedelta(today.weekday())
    if match["which"] != "this":
        return Days(monday - timedelta(7), monday - timedelta(1))
    return Days(monday, today)


def _this_month(match: re.Match[str], today: date) -> Days | None:
    first = today.replace(day=1)
    if match["which"] == "this":
        return Days(first, today)
    last = first - timedelta(1)
    return Days(last.replace(day=1), last)


def _past(match: re.Match[str], today: date) -> Days | None:
    number = int(match["n"] or 1) * {"d": 1, "w": 7, "m": 30}[match["unit"][0]]
    return Days(today - timedelta(min(number, 3_650)), today)


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(32)).replace(day=1)


_FORMS: tuple[tuple[re.Pattern[str], Read], ...] = tuple(
    (re.compile(pattern), read)
    for pattern, read in (
        (rf"\b(?:between|from) (?P<day>{_DAY}) (?:and|to|until|till) (?P<end>{_DAY})", _between),
        (rf"\bsince (?P<day>{_DAY})", _since),
        (rf"\bafter (?P<day>{_DAY})", _after),
        (rf"\bbefore (?P<day>{_DAY})", _before),
        (rf"\b(?:until|till|up to) (?P<day>{_DAY})", _until),
        (
            r"\b(?:(?:in|over) )?(?:the )?(?:last|past) (?P<n>\d{1,3})? ?(?P<unit>days|weeks|months)\b",
            _past,
        ),
        (r"\b(?:since |during |from )?(?P<which>this|last|past) week(?! s)\b(?!')", _week),
        (r"\b(?:since |during |from )?(?P<which>this|last|past) month\b(?!')", _this_month),
        (rf"\b(?P<how>in|during|since|from) (?P<month>{_MONTH})\b(?! \d)", _month),
        (rf"\b(?:on |from )?(?P<day>{_DAY})", _one),
    )
)  # fmt: skip
