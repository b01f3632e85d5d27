"""From a source's row to what arrives of it now: a page, the new items of a feed, files, or an upload."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bot.fetch import feeds, files, web
from bot.fetch.addresses import Allowed
from bot.fetch.apart import Apart
from bot.fetch.manners import Manners
from bot.ingest import Arrival
from bot.ingest.wanted import UPLOAD
from bot.models import Raw
from bot.store import Database, removed, sources
from bot.store.sources import StoredSource


@dataclass(frozen=True, slots=True)
class Web:
    """How the web is read: which addresses, how politely, and where feeds are parsed."""

    allowed: Allowed
    manners: Manners
    apart: Apart


@dataclass(frozen=True, slots=True)
class Opened:
    """What is known of a source now, what arrives of it and how much, and how much is known already."""

    source: StoredSource
    arriving: Iterable[Arrival] | AsyncIterable[Arrival]
    total: int | None = None
    same: int = 0


async def opened(db: Database, via: Web, source: StoredSource, recipe: str) -> Opened | None:
    """Return what there is to read of a source, None where it is as it was; raises SourceError."""
    if source.place.startswith(UPLOAD):
        return await _upload(db, source)
    if web.is_address(source.place):
        return await _address(db, via, source)
    return await _disk(source, recipe)


async def _upload(db: Database, source: StoredSource) -> Opened | None:
    held = await sources.upload_of(db, source.workspace, source.id)
    if held is None:
        return None
    raw = Raw(source.place, held.data, held.media, datetime.now(UTC), title=source.title)
    return Opened(source, [raw], 1)


async def _disk(source: StoredSource, recipe: str) -> Opened | None:
    """Open a file, a folder or a glob; one whose files have the same names, sizes and times is as it was."""
    mark = await asyncio.to_thread(files.mark, source.place)
    mark = f"{recipe} {mark}"
    if mark == source.etag:
        return None
    return Opened(replace(source, etag=mark), files.read([source.place]))


async def _address(db: Database, via: Web, source: StoredSource) -> Opened | None:
    found = await web.visit(source.place, via.allowed, via.apart, etag=source.etag, modified=source.modified)
    if found is None:
        return None
    fetched, content = found
    better = replace(source, etag=fetched.etag, modified=fetched.modified)
    if isinstance(content, Raw):
        return Opened(replace(better, kind="page"), [content], 1)
    marks = [item.mark for item in content.items]
    await removed.listed(db, source.workspace, source.id, marks, datetime.now(UTC))
    known = await sources.items(db, source.workspace, source.id)
    known |= await removed.items(db, source.workspace, source.id)
    fresh = [item for item in content.items if item.mark not in known or item.content is not None]
    new = feeds.Feed(content.title, tuple(fresh))
    return Opened(
        replace(better, kind="feed", title=content.title),
        web.articles(new, fetched.url, via.allowed, via.manners),
        len(fresh),
        len(content.items) - len(fresh),
    )
