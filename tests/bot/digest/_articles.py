"""Small articles for the tests of the digest: cleaned and extracted as everywhere, nothing is faked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from bot.clean import clean
from bot.digest.folding import Folding
from bot.digest.themes import gather, themes
from bot.digest.units import Day, Entry
from bot.extract import Extractor
from bot.models import Raw, Theme
from tests.eval.themes import known

_EXTRACTOR = Extractor(known())
TODAY = date(2026, 2, 14)


def entry(number: int, text: str, day: date = TODAY) -> Entry:
    """Return an article with what is found in it."""
    raw = Raw(f"article-{number}.txt", text.encode(), "text/plain", datetime(2026, 2, 14, 9, tzinfo=UTC))
    article = clean(raw)
    return Entry(number, article, _EXTRACTOR.findings(article), day)


def made(entries: Sequence[Entry], past: Sequence[Entry] = ()) -> tuple[Day, tuple[Theme, ...]]:
    """Return the themes of these articles."""
    folding = Folding(known())
    day, before = gather(entries, past, TODAY, folding)
    return day, themes(day, before, folding)
