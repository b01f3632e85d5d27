"""The dateline that opens a report: MUNICH, 14 February 2026 (Agency) — …"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from bot.clean import dates, wording
from bot.clean.blocks import Block
from bot.models import Span

_HEAD = 140
_PLACE = r"(?P<place>[^\W\d_][^\W\d_.'’ -]*(?:[ '’./-]{1,2}[^\W\d_]+){0,3})\.?"
_MONTHS = "(?!(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))"
_REGION = rf"(?:, ?{_MONTHS}[^\W\d_][^\W\d_.]*\.?(?: [^\W\d_]+)?){{0,2}}"
_WHEN = r"(?P<when>,? [^—–():]{3,24}?\d{1,2}(?:st|nd|rd|th)?(?:[a-z., ]{0,12}\d{4})?)?"
_AGENCY = r"(?P<agency> ?\((?P<name>[^\W\d_][^()]{0,40})\))?"
_DATELINE = re.compile(_PLACE + _REGION + _WHEN + _AGENCY + r"(?P<mark> ?[—–] ?| ?--? |: )(?=\S)")


class Dateline(NamedTuple):
    """The part before the report's first word, with the agency and the date that it names."""

    span: Span
    agency: str | None
    date: date | None


def dateline(block: Block) -> Dateline | None:
    """Return the dateline that opens this block, None where it opens with the report itself.

    A place in capitals needs a dash, an agency or a date behind it ("MERZ: …" is a speaker); one in
    title case needs an agency or to be a city of the list.
    """
    match = _DATELINE.match(block.text[:_HEAD])
    if not match or not block.text[match.end() :].strip():
        return None
    when = dates.printed((match["when"] or "").lower().strip(" ,"))
    place = match["place"].rstrip(".")
    known = place.casefold() in wording.names("datelines", "cities")
    named = bool(match["agency"] or when)
    if match["mark"].startswith(":"):
        fits = known and not match["when"]
    elif place.isupper():
        fits = len(place) > 2 and (known or named or len(place.split()) <= 2)
    else:
        fits = place[0].isupper() and (known or bool(match["agency"]))
    if not fits:
        return None
    start = block.span.start
    return Dateline(Span(start, start + match.end()), match["name"], when)
