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
_SATURDAY = 5
_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NUMBERS = {word: n for n, word in enumerate(_WORDS, 1)}
_NUMBER = rf"(?:\d{{1,3}}|{'|'.join(_NUMBERS)})"
_WEEKDAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_DAY = (
    r"(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}\.\d{1,2}\.\d{4}|"
    rf"(?:the )?\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{_MONTHS})\b\.?(?: \d{{4}})?|"
    rf"(?:{_MONTHS})\b\.? \d{{1,2}}(?:st|nd|rd|th)?\b(?!\d)(?:,? \d{{4}})?|"
    rf"(?:last |this )?(?:{_WEEKDAYS})|yesterday|today|"
    rf"{_NUMBER} (?:days?|weeks?|months?) ago)"
)
_LONG_MONTHS = _MONTHS.replace("|may|", "|").partition("|jan|")[0]  # "may" alone is a verb
_MONTH = rf"(?:(?:{_LONG_MONTHS})(?: \d{{4}})?|(?:{_MONTHS}) \d{{4}})"
_STRETCH = r"(?:(?:this|last|past|the) weekend|(?:this|last|past) (?:week|month))\b(?! s\b)(?!')"
_PERIOD = rf"(?:{_DAY}|{_STRETCH}|{_MONTH}\b(?! \d))"


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
    words = re.sub(r"^(?:this|the) ", "", words)
    found = dateparser.parse(words.replace(" of ", " "), languages=["en"], settings=settings)
    return found.date() if found else None


def _period(words: str, today: date) -> tuple[date, date] | None:
    """Return the first and the last day of what the words name."""
    if re.fullmatch(_STRETCH, words):
        return _stretch(words, today)
    if re.fullmatch(_MONTH, words):
        first = _parse(f"1 {words}", today)
        return (first, _next_month(first) - timedelta(1)) if first else None
    day = _parse(words, today)
    return (day, day) if day else None


def _stretch(words: str, today: date) -> tuple[date, date]:
    """this week and this month go as far as today; the weekend is the last one that has begun."""
    which, unit = words.split()
    monday = today - timedelta(today.weekday())
    if unit == "week":
        return (monday, today) if which == "this" else (monday - timedelta(7), monday - timedelta(1))
    if unit == "weekend":
        saturday = monday + timedelta(5 if today.weekday() >= _SATURDAY else -2)
        return saturday, saturday + timedelta(1)
    first = today.replace(day=1)
    last = first - timedelta(1)
    return (first, today) if which == "this" else (last.replace(day=1), last)


def _in(match: re.Match[str], today: date) -> Days | None:
    found = _period(match["when"], today)
    return Days(*found) if found else None


def _since(match: re.Match[str], today: date) -> Days | None:
    found = _period(match["when"], today)
    return Days(found[0], None) if found else None


def _after(match: re.Match[str], today: date) -> Days | None:
    found = _period(match["when"], today)
    return Days(found[1] + timedelta(1), None) if found else None


def _before(match: re.Match[str], today: date) -> Days | None:
    found = _period(match["when"], today)
    return Days(None, found[0] - timedelta(1)) if found else None


def _until(match: re.Match[str], today: date) -> Days | None:
    found = _period(match["when"], today)
    return Days(None, found[1]) if found else None


def _between(match: re.Match[str], today: date) -> Days | None:
    one, other = _period(match["when"], today), _period(match["end"], today)
    if not one or not other:
        return None
    if other < one and re.fullmatch(_MONTH, match["when"]):  # the year before: November to February
        one = _period(match["when"], one[0] - timedelta(1)) or one
    return Days(min(one[0], other[0]), max(one[1], other[1]))


def _days_of_a_month(match: re.Match[str], today: date) -> Days | None:
    """11 to 13 February, February 11-13: the month is said once."""
    first, last = (_parse(f"{match[n]} {match['month']}", today) for n in ("first", "last"))
    return Days(first, last) if first and last and first <= last else None


def _past(match: re.Match[str], today: date) -> Days | None:
    number = match["n"] or "one"
    days = int(_NUMBERS.get(number, number)) * {"d": 1, "w": 7, "m": 30}[match["unit"][0]]
    return Days(today - timedelta(min(days, 3_650)), today)


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(32)).replace(day=1)


_AND = r" (?:and|to|until|till|through) "
_FROM = r"(?:(?:between|from|on|during|in|over) )?(?:the )?"
_DAYS = rf"(?P<first>\d{{1,2}})(?:st|nd|rd|th)?(?:{_AND}| ?[-–] ?)(?P<last>\d{{1,2}})(?:st|nd|rd|th)?"
_FORMS: tuple[tuple[re.Pattern[str], Read], ...] = tuple(
    (re.compile(pattern), read)
    for pattern, read in (
        (rf"\b{_FROM}{_DAYS}(?: of)? (?P<month>{_MONTHS})\b", _days_of_a_month),
        (rf"\b{_FROM}(?P<month>{_MONTHS})\.? {_DAYS}\b(?! (?:{_MONTHS})\b)", _days_of_a_month),
        (rf"\b(?:between|from) (?P<when>{_PERIOD}){_AND}(?P<end>{_PERIOD})", _between),
        (rf"\b(?:since|as of) (?P<when>{_PERIOD})", _since),
        (rf"\bafter (?P<when>{_PERIOD})", _after),
        (rf"\b(?:before|ahead of) (?P<when>{_PERIOD})", _before),
        (rf"\b(?:until|till|up to) (?P<when>{_PERIOD})", _until),
        (rf"\bby (?P<when>{_DAY})", _until),  # April, June and August may be somebody's names
        (rf"\b{_FROM}(?:last|past) (?P<n>{_NUMBER})? ?(?P<unit>days|weeks|months)\b", _past),
        (rf"\b(?:during |from |over |on |at )?(?P<when>{_STRETCH})", _in),
        (rf"\b(?:in|during|from) (?P<when>{_MONTH})\b(?! \d)", _in),
        (rf"\b(?:on |from )?(?P<when>{_DAY})", _in),
    )
)  # fmt: skip
