"""A theme's other quotations, by the places that a button remembers."""

from __future__ import annotations

from collections.abc import Sequence

from bot.digest.units import Entry
from bot.digest.voices import quoted
from bot.models import Answer
from bot.store import Database, articles, findings

Place = tuple[int, int]  # an article's id, and where a quotation's content starts in it


async def quotations(db: Database, workspace: str, places: Sequence[Place]) -> tuple[Answer, ...]:
    """Return the workspace's quotations at the places, in their order; what is gone is left out."""
    found: dict[Place, Answer] = {}
    for number in sorted({article for article, _ in places}):
        stored = await articles.get(db, workspace, number)
        if stored is None:
            continue
        article = stored.article
        entry = Entry(
            number,
            article,
            await findings.of_article(db, workspace, number),
            article.published or article.fetched.date(),
        )
        for quotation in entry.findings.quotations:
            found[number, quotation.content[0].start] = quoted(entry, quotation, 0.0)
    return tuple(found[place] for place in dict.fromkeys(places) if place in found)
