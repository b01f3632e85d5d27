"""Sources as rows: the pages, feeds, files and folders that are read; added, listed, paused, removed."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, delete, func, insert, select, update

from bot.errors import SourceError
from bot.store import jobs, removed
from bot.store._job_rows import jobs as job_rows
from bot.store._source_rows import (
    ACTIVE,
    LISTED,
    LOOK,
    PAUSED,
    Looked,
    StoredSource,
    Upload,
    Wanted,
    stored_source,
)
from bot.store._source_tables import Origin, link, source_articles, sources, uploads
from bot.store.database import Database, exclusive

__all__ = [
    "ACTIVE",
    "LISTED",
    "LOOK",
    "PAUSED",
    "Looked",
    "StoredSource",
    "Upload",
    "Wanted",
    "add",
    "failing",
    "forget",
    "get",
    "items",
    "listing",
    "note",
    "only_from",
    "pause",
    "resume",
    "upload_of",
]


async def add(db: Database, workspace: str, wanted: Wanted, now: datetime) -> StoredSource:
    """Add a source, or wake the one that is there under the same place; the first look is not put yet.

    One that is there is read anew, and what retention removed of it may come back: somebody asked for it.
    """
    s = sources.c
    async with db.write() as connection:
        await exclusive(connection, workspace)
        mine = s.workspace == workspace
        same = select(sources).where(mine, s.place == wanted.place)
        found = (await connection.execute(same)).mappings().first()
        chosen = {
            "state": ACTIVE, "every": _seconds(wanted.every), "done": 0, "total": None, "etag": None,
            "modified": None,
        }  # fmt: skip
        if found:
            source_id = int(found["id"])
            kept = chosen if wanted.every is not None else {k: v for k, v in chosen.items() if k != "every"}
            await connection.execute(update(sources).where(mine, s.id == source_id).values(kept))
            await removed.forget(connection, workspace, source_id)
        else:
            row = {
                "workspace": workspace, "kind": wanted.kind, "place": wanted.place, "title": wanted.title,
                "failures": 0, "added_by": wanted.by, "added": now,
            }  # fmt: skip
            added = await connection.execute(insert(sources).values(row | chosen).returning(s.id))
            source_id = int(added.scalar_one())
        if wanted.upload is not None:
            await connection.execute(delete(uploads).where(uploads.c.source_id == source_id))
            handed = {"data": wanted.upload.data, "media": wanted.upload.media}
            await connection.execute(
                insert(uploads).values(handed | {"source_id": source_id, "workspace": workspace})
            )
        row_now = (await connection.execute(select(sources).where(mine, s.id == source_id))).mappings().one()
        return stored_source(row_now)


async def get(db: Database, workspace: str, source_id: int) -> StoredSource | None:
    """Return a source of the workspace with the number of its articles, None where there is none."""
    found = await _select(db, and_(sources.c.workspace == workspace, sources.c.id == source_id))
    return found[0] if found else None


async def listing(db: Database, workspace: str) -> list[StoredSource]:
    """Return the workspace's sources in the order in which they were added."""
    return await _select(db, sources.c.workspace == workspace)


async def failing(db: Database, most: int = 20) -> list[StoredSource]:
    """Return sources of all workspaces whose last look failed; for `msc doctor` and metrics."""
    return (await _select(db, and_(sources.c.error.is_not(None), sources.c.state == ACTIVE)))[:most]


async def upload_of(db: Database, workspace: str, source_id: int) -> Upload | None:
    """Return the bytes that were handed in for a source and are not read yet."""
    u = uploads.c
    query = select(u.data, u.media).where(u.workspace == workspace, u.source_id == source_id)
    async with db.read() as connection:
        found = (await connection.execute(query)).first()
    return Upload(bytes(found[0]), found[1]) if found else None


async def items(db: Database, workspace: str, source_id: int) -> set[str]:
    """Return how the feed knew the articles that came of it, as they were when they were read."""
    sa = source_articles.c
    query = select(sa.item).where(sa.workspace == workspace, sa.source_id == source_id, sa.item.is_not(None))
    async with db.read() as connection:
        return set((await connection.execute(query)).scalars())


async def pause(db: Database, workspace: str, source_id: int) -> bool:
    """Stop looking at a source; False where there is none."""
    return await _set(db, workspace, source_id, state=PAUSED)


async def resume(db: Database, workspace: str, source_id: int, now: datetime) -> bool:
    """Look at a source again, at once; False where there is none."""
    return await _set(db, workspace, source_id, state=ACTIVE, next_look=now, failures=0)


async def forget(db: Database, workspace: str, source_id: int) -> bool:
    """Remove a source's row, its links and what waits to be read of it; its articles are the caller's."""
    s, j = sources.c, job_rows.c
    async with db.write() as connection:
        waiting = and_(j.workspace == workspace, j.kind == LOOK, j.key == f"source {source_id}")
        await connection.execute(delete(job_rows).where(waiting, j.state == jobs.WAITING))
        gone = delete(sources).where(s.workspace == workspace, s.id == source_id)
        return bool((await connection.execute(gone)).rowcount)


async def note(db: Database, workspace: str, article_id: int, origin: Origin) -> None:
    """Note that a known article came of a source, too; a source that is gone by now needs none."""
    sa = source_articles.c
    linked = select(sa.item).where(
        sa.workspace == workspace, sa.source_id == origin.source_id, sa.article_id == article_id
    )
    async with db.read() as connection:
        there = (await connection.execute(linked)).first()
    if there is not None and there.item == origin.item:
        return
    with suppress(SourceError):
        async with db.write() as connection:
            await exclusive(connection, workspace)
            await link(connection, workspace, article_id, origin, "")


async def only_from(db: Database, workspace: str, source_id: int) -> list[int]:
    """Return the articles that came of this source and of no other."""
    mine, other = source_articles, source_articles.alias("other")
    elsewhere = select(other.c.article_id).where(
        other.c.workspace == workspace,
        other.c.article_id == mine.c.article_id,
        other.c.source_id != source_id,
    )
    query = select(mine.c.article_id).where(
        mine.c.workspace == workspace, mine.c.source_id == source_id, ~elsewhere.exists()
    )
    async with db.read() as connection:
        return list((await connection.execute(query.order_by(mine.c.article_id))).scalars())


async def _select(db: Database, wanted: Any) -> list[StoredSource]:
    sa = source_articles.c
    count = (
        select(func.count())
        .where(sa.source_id == sources.c.id, sa.workspace == sources.c.workspace)
        .correlate(sources)
        .scalar_subquery()
    )
    query = select(sources, count.label("articles")).where(wanted).order_by(sources.c.id)
    async with db.read() as connection:
        return [stored_source(row) for row in (await connection.execute(query)).mappings()]


async def _set(db: Database, workspace: str, source_id: int, **values: Any) -> bool:
    s = sources.c
    async with db.write() as connection:
        changed = update(sources).where(s.workspace == workspace, s.id == source_id).values(values)
        return bool((await connection.execute(changed)).rowcount)


def _seconds(every: timedelta | None) -> int | None:
    return None if every is None else int(every.total_seconds())
