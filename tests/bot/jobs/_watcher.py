"""A site with a feed, and a worker that looks at sources at moments of the test's choosing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from aiohttp import web

from bot.ingest.looking import Reader
from bot.jobs import Poison, Policy
from bot.jobs.looks import functions
from bot.jobs.port import utc_now
from bot.store import articles, jobs, looks, sources
from bot.store.sources import StoredSource
from tests.bot.fetch.conftest import Serve

TEXT = "The minister opened the harbour on Monday and praised the builders for their speed and patience. "


def page(title: str) -> web.Response:
    """Return a page that holds an article."""
    body = f"<article><h1>{title}</h1><p>{TEXT * 4}</p><p>{title}, they said.</p></article>"
    return web.Response(text=f"<html><body>{body}</body></html>", content_type="text/html")


@dataclass(slots=True)
class Site:
    """A feed with pages: what it holds now, which pages are out of order, and what was asked for."""

    items: dict[str, str] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    status: int = 200
    asked: list[str] = field(default_factory=list)

    async def feed(self, request: web.Request) -> web.Response:
        mark = f'"{hash(tuple(self.items.items()))}"'
        if self.status != 200 or request.headers.get("If-None-Match") == mark:
            self.asked.append("feed, unchanged" if self.status == 200 else "feed, broken")
            return web.Response(status=304 if self.status == 200 else self.status)
        self.asked.append("feed")
        entries = "".join(
            f"<item><title>{title}</title><link>{request.url.origin()}/page?{name}</link></item>"
            for name, title in self.items.items()
        )
        feed = f"<rss version='2.0'><channel><title>Fjord Herald</title>{entries}</channel></rss>"
        return web.Response(text=feed, content_type="application/rss+xml", headers={"ETag": mark})

    async def page(self, request: web.Request) -> web.Response:
        name = request.query_string
        self.asked.append(name)
        return web.Response(status=503) if name in self.broken else page(self.items.get(name, name))


class Watcher:
    """Looks at sources as a worker does, one job at a time, at moments of the test's choosing."""

    def __init__(self, reader: Reader) -> None:
        self.reader, self.db, self.moment = reader, reader.db, utc_now()

    def now(self) -> datetime:
        return self.moment

    async def add(self, given: sources.Wanted, workspace: str = "W1") -> StoredSource:
        """Add a source and look at it."""
        source = await sources.add(self.db, workspace, given, self.moment)
        async with self.db.write() as connection:
            await jobs.insert_once(connection, looks.job_of(source), self.moment)
        return await self.work(source)

    async def work(self, source: StoredSource) -> StoredSource:
        """Do the job that is due and return how the source is afterwards."""
        job = await self.claim()
        try:
            await functions(self.reader, Policy(), self.now)[job.kind](job)
        except Poison as error:
            await jobs.fail(self.db, job, str(error), again=None, now=self.moment)
        else:
            await jobs.finish(self.db, job, self.moment)
        return await self.state(source)

    async def claim(self) -> jobs.Job:
        job = await jobs.claim(self.db, [sources.LOOK], self.moment, timedelta(minutes=1))
        assert job is not None
        return job

    async def later(self, source: StoredSource, **passed: float) -> StoredSource:
        """Let time pass, and look if a look is due."""
        self.moment += timedelta(**passed)
        await looks.plan(self.db, self.moment)
        return await self.work(source)

    async def state(self, source: StoredSource) -> StoredSource:
        found = await sources.get(self.db, source.workspace, source.id)
        assert found is not None
        return found

    async def titles(self) -> list[str | None]:
        return sorted((a.title for a in await articles.listing(self.db, "W1")), key=str)


async def started(serve: Serve, site: Site) -> Mapping[str, str]:
    address = await serve(feed=site.feed, page=site.page)
    return {"feed": f"{address}/feed", "page": f"{address}/page"}
