"""Taking a source away, with the articles that came of it alone."""

from __future__ import annotations

from bot.store import Database, articles, sources
from bot.store.sources import StoredSource


async def remove(db: Database, source: StoredSource) -> int:
    """Remove a source with its articles and return how many those were.

    Articles that another source brought as well stay. The source is paused first and its row goes last: a
    removal that is interrupted is seen, and goes on when it is asked for again.
    """
    await sources.pause(db, source.workspace, source.id)
    gone = await sources.only_from(db, source.workspace, source.id)
    for article_id in gone:
        await articles.remove(db, source.workspace, article_id)
    late = await sources.only_from(db, source.workspace, source.id)  # of a look that was under way
    await sources.forget(db, source.workspace, source.id)
    for article_id in late:
        await articles.remove(db, source.workspace, article_id)
    return len({*gone, *late})
