"""Dates as papers print them → `date`. Only complete dates are read; nothing is guessed."""

from __future__ import annotations

import re
from datetime import date

from bot.clean.blocks import Block

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july",
            "aug august", "sep sept september", "oct october", "nov november", "dec december",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "(?P<month{0}>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_DAY = r"(?P<day{0}>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year{0}>(?:19|20)\d\d)"
DATE = (
    rf"(?:{_DAY.format(1)} (?:of )?{_MONTH.format(1)},? {_YEAR.format(1)}"
    rf"|{_MONTH.format(2)} {_DAY.format(2)},? {_YEAR.format(2)}"
    rf"|{_YEAR.format(3)}-(?P<month3>[01]\d)-(?P<day3>[0-3]\d)"
    rf"|(?P<day4>[0-3]?\d)\.(?P<month4>[01]?\d)\.{_YEAR.format(4)})(?=\D|$|\d{{1,2}}:\d\d)"
)
"""Pattern of a complete date in lower case, with numbered groups day, month, year."""

_DATE = re.compile(r"(?<![\d-])" + DATE)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? )?"
_ZONE = r"(?:\(?[a-z]{2,4}\)?(?:[+-]\d{1,2})?)?"
_TIME = rf"(?:[,| at·•-]*\d{{1,2}}[:.]\d{{2}}(?::\d{{2}})? ?(?:[ap]\.?m\.?)?[ ,|]*{_ZONE})?"
_VERB = (
    r"(?:(?:first |last |originally )?"
    r"(?:published|updated|posted|modified|created|date|dated|issued|filed)(?: on| at)?:? ?)"
)
_LINE = re.compile(
    rf"(?:by [^\d]{{3,60}}[|,-] ?)?"
    rf"(?:[^\d,|.]{{2,40}}[,|] ?)?{_VERB}?{_WEEKDAY}(?:(?:[01]?\d|2[0-3]):\d{{2}},? )?"
    rf"(?:{DATE}|\d{{1,2}}/\d{{1,2}}/\d{{2,4}}){_TIME}"
    rf"(?:[ |,;/(•·-]*{_VERB}.{{0,60}})?[.) ]*$"
)
_RELATIVE = re.compile(
    rf"{_VERB}(?:\d{{1,2}}|an?|one|two|three) (?:minutes?|hours?|days?|weeks?|months?) ago\.?$"
    rf"|{_VERB}{_WEEKDAY}(?:today|yesterday|just now)\b.{{0,20}}$|\d{{1,2}} (?:minutes?|hours?|days?) ago$"
)


def printed(text: str) -> date | None:
    """Return the first complete date in lower-case `text`, None where there is none."""
    for match in _DATE.finditer(text):
        found = of_match(match)
        if found:
            return found
    return None


def of_match(match: re.Match[str]) -> date | None:
    """Return the date that a match of DATE names, None for one that the calendar lacks."""
    groups = match.groupdict()
    for n in "1234":
        if groups.get(f"day{n}"):
            month = groups[f"month{n}"]
            try:
                return date(int(groups[f"year{n}"]), _MONTHS.get(month) or int(month), int(groups[f"day{n}"]))
            except ValueError:
                return None
    return None


def of_line(block: Block) -> tuple[bool, date | None]:
    """Say whether the block is a line with a date and nothing else, and which date it names."""
    if block.words > 16:
        return False, None
    line = block.plain.lower()
    match = _LINE.match(line)
    if match:
        return True, of_match(match)
    return bool(_RELATIVE.match(line)), None
