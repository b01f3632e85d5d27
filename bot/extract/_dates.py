"""The date grammar of facts: date expressions in a text, written as ISO 8601 where the words allow it.

Full and partial dates become 2026-02-13, 2026-02, 2026, ranges 2023/2024, decades 199X; without a year
XXXX-02-13 (ISO 8601-2). Expressions that hang on the day of writing ("Wednesday", "last month", "four
years ago") are resolved against the article's date and keep their own words when it has none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from bot.extract._ground import Ground
from bot.extract._numerals import WORD, read
from bot.models import DateMention, Span

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sept sep", "october oct", "november nov", "december dec"), start=1)
    for name in names.split()
}  # fmt: skip
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?\b"
_YEAR = r"(?:1[5-9]\d\d|20\d\d)(?![\w]|,\d|\.\d|%|-year)"
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_PART = r"(?: (?:morning|afternoon|evening|night))?"
_PERIOD = r"(?:day|week|month|quarter|year|decade|weekend|summer|winter|spring|autumn|fall|night)"
_COUNT = rf"(?:an?|{WORD}|\d+|several|a few|some)"

_ABSOLUTE = re.compile(
    rf"\b(?P<iso>\d{{4}}-\d\d-\d\d)\b"
    rf"|\b(?P<d1>{_DAY})(?: of)? (?P<m1>{_MONTH})(?:,? (?P<y1>{_YEAR}))?"
    rf"|\b(?P<m2>{_MONTH}) (?P<d2>{_DAY})(?!\s?(?:%|percent|million|billion))(?:,? (?P<y2>{_YEAR}))?"
    rf"|\b(?P<m3>{_MONTH})(?: of|,)? (?P<y3>{_YEAR})"
    rf"|(?<![\w$€£.,-])(?P<decade>(?:1[89]|20)\d0)s\b"
    rf"|(?<![\w$€£.,/-])(?P<y4>{_YEAR})(?:[-–/](?P<y5>{_YEAR}|\d\d(?![\w%]|\.\d)))?"
)
_RELATIVE = re.compile(
    rf"\b(?P<ago>(?P<count>{_COUNT}) (?P<unit>day|week|month|year|decade)s? ago"
    rf"(?: (?P<now>this (?:week|month|year)))?)"
    rf"|\b(?:{_COUNT}) (?:day|week|month|year|decade)s? (?:earlier|later|before)\b"
    rf"|\b(?:(?:earlier|later|late|early) )?"
    rf"(?P<which>last|this|next|the past|the previous|the coming|the following) "
    rf"(?P<period>{_PERIOD}|{_WEEKDAY}|{_MONTH})\b{_PART}"
    rf"|\b(?P<plain>today|yesterday|tomorrow|tonight)\b{_PART}",
    re.IGNORECASE,
)
_NAMED = re.compile(
    rf"\b(?P<weekday>{_WEEKDAY})\b{_PART}"
    rf"|(?P<lead>\b(?:[Ii]n|[Ss]ince|[Bb]y|[Uu]ntil|[Dd]uring|[Ff]rom|[Ll]ate|[Ee]arly|[Mm]id|[Tt]he|[Aa]|[Ii]ts|"
    rf"[Ss]econd half of|[Ee]nd of|[Bb]efore|[Aa]fter)[ -])(?P<month>{_MONTH})(?=[\s,.;:)’']|$)(?! \d)"
)
_COUNTED_NOUN = re.compile(r"\s(?!years?\b)(?:[a-z]{3,}s|people|men|women|children|police)\b")
_DESIGNATED = re.compile(r"\b(?:Resolution|Flight|Room|Article|Section|Route|Highway|No\.|Number) $")
_YEAR_LEAD = re.compile(
    r"\b(?:in|since|by|of|from|until|till|through|before|after|during|for|year|fiscal|early|late|mid|over|than|"
    r"the|and|to|between|around|about|’s|'s|its|his|her|their|our|a)[ -]$",
    re.IGNORECASE,
)


def dates(text: str, published: date | None = None, *, ahead: bool = False) -> list[DateMention]:
    """Return the date expressions of a text in order, spans relative to it.

    `ahead` says that the words speak of what is to come, so that "Friday" is the next one.
    """
    ground = Ground(text)
    found: list[DateMention] = []
    for mention in (
        *_absolute(text, published),
        *_relative(text, published),
        *_named(text, published, ahead),
    ):
        if ground.free(mention.span):
            ground.take(mention.span)
            found.append(mention)
    return sorted(found)


def _absolute(text: str, published: date | None) -> Iterator[DateMention]:
    for match in _ABSOLUTE.finditer(text):
        span = Span(*match.span())
        if match["iso"]:
            yield DateMention(span, match["iso"])
        elif match["d1"] or match["d2"]:
            day = int(re.sub(r"\D", "", match["d1"] or match["d2"]))
            month = _month(match["m1"] or match["m2"])
            year = (
                match["y1"] or match["y2"] or (_nearest_year(month, day, published) if published else "XXXX")
            )
            yield DateMention(span, f"{year}-{month:02}-{day:02}")
        elif match["m3"]:
            yield DateMention(span, f"{match['y3']}-{_month(match['m3']):02}")
        elif match["decade"]:
            yield DateMention(span, f"{match['decade'][:3]}X")
        elif _is_year(text, match):
            yield DateMention(span, _years(match["y4"], match["y5"]))


def _is_year(text: str, match: re.Match[str]) -> bool:
    """A bare four-digit number counts something when a lower-case plural follows: "2000 people" aside."""
    if _DESIGNATED.search(text, max(0, match.start() - 14), match.start()):
        return False
    led = _YEAR_LEAD.search(text, max(0, match.start() - 12), match.start())
    return not _COUNTED_NOUN.match(text, match.end()) if not led else True


def _years(first: str, last: str | None) -> str:
    if last is None:
        return first
    return f"{first}/{last if len(last) == 4 else first[:2] + last}"


def _month(word: str) -> int:
    return _MONTHS[word.lower().rstrip(".")]


def _nearest_year(month: int, day: int, published: date) -> int:
    """Return the year that puts a day and month closest to the article's date."""
    distance: Callable[[int], int] = lambda year: abs((date(year, month, min(day, 28)) - published).days)  # noqa: E731
    return min((published.year - 1, published.year, published.year + 1), key=distance)


def _relative(text: str, published: date | None) -> Iterator[DateMention]:
    for match in _RELATIVE.finditer(text):
        words = " ".join(match[0].split())
        resolved = _resolved(match, published) if published else None
        yield DateMention(Span(*match.span()), resolved or words)


def _resolved(match: re.Match[str], published: date) -> str | None:
    if match["ago"]:
        return _ago(match["count"].lower(), match["unit"].lower(), bool(match["now"]), published)
    if match["which"] is None and match["plain"] is None:
        return None  # "a year earlier" than something else
    if match["plain"]:
        days = {"yesterday": -1, "tomorrow": 1}.get(match["plain"].lower(), 0)
        return (published + timedelta(days=days)).isoformat()
    return _period(match["which"].lower(), match["period"].lower().rstrip("."), published)


def _ago(count: str, unit: str, exact: bool, published: date) -> str | None:
    """A day's or week's distance gives a day, a month's a month, a year's a year ("this month": a month)."""
    if count in {"several", "a few", "some"}:
        return None
    number = 1 if count in {"a", "an"} else int(read(count))
    if unit in {"day", "week"}:
        day = _minus_days(published, number * (7 if unit == "week" else 1))
        return None if day is None else day.isoformat() if unit == "day" else _week(day)
    months = number * {"month": 1, "year": 12, "decade": 120}[unit]
    year, month = divmod(published.year * 12 + published.month - 1 - months, 12)
    if year < 1:
        return None
    return f"{year:04}-{month + 1:02}" if unit == "month" or exact else f"{year:04}"


def _minus_days(day: date, days: int) -> date | None:
    return day - timedelta(days=days) if days < day.toordinal() else None


def _period(which: str, period: str, published: date) -> str | None:
    step = {"last": -1, "the previous": -1, "this": 0, "next": 1, "the coming": 1}.get(which)
    if step is None or (which == "the previous"):
        return None
    if period in _DAYS:
        return _weekday(period, published, step)
    if period in _MONTHS:
        return _year_of_month(_MONTHS[period], published, step)
    if period == "year":
        return str(published.year + step)
    if period == "month":
        year, month = divmod(published.year * 12 + published.month - 1 + step, 12)
        return f"{year:04}-{month + 1:02}"
    if period == "week":
        return _week(published + timedelta(weeks=step))
    return None


def _week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def _weekday(name: str, published: date, step: int) -> str:
    """The nearest such day on or before the article's (after it with step 1)."""
    behind = (published.weekday() - _DAYS.index(name)) % 7
    if step > 0:
        return (published + timedelta(days=7 - behind)).isoformat()
    return (published - timedelta(days=behind)).isoformat()


def _year_of_month(month: int, published: date, step: int) -> str:
    if step < 0:
        year = published.year - (month >= published.month)
    elif step > 0:
        year = published.year + (month <= published.month)
    else:
        year = published.year
    return f"{year}-{month:02}"


def _named(text: str, published: date | None, ahead: bool) -> Iterator[DateMention]:
    """Bare weekdays and months; with the article's date they mean the nearest, by news usage."""
    for match in _NAMED.finditer(text):
        if match["weekday"]:
            name = match["weekday"].lower()
            day = _weekday(name, published, 1 if ahead else -1) if published else None
            if day and ahead and published and published.weekday() == _DAYS.index(name):
                day = published.isoformat()
            yield DateMention(Span(*match.span()), day or match[0])
            continue
        month = _month(match["month"])
        step = 1 if ahead else -1
        year = _year_of_bare_month(month, published, step) if published else "XXXX"
        yield DateMention(Span(*match.span("month")), f"{year}-{month:02}")


def _year_of_bare_month(month: int, published: date, step: int) -> int:
    if step > 0:
        return published.year + (month < published.month)
    return published.year - (month > published.month)
