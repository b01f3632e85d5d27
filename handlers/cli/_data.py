"""What `msc doctor` looks at in the database: server, schema, sources, jobs, posts."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from bot.errors import MscError
from bot.settings import Settings
from bot.store import Database, health, outbox, queue, sources
from handlers.cli._look import Look, Wanting

_SHOWN = 3  # examples in a line
_NOTHING = "nothing yet"


async def database(settings: Settings) -> str:
    """Name server and place."""
    found = await health.look(settings.sqlalchemy_url())
    return f"{found.server or 'not made yet; the first command makes it'}, {found.address}"


async def schema(settings: Settings) -> str:
    """Say whether the schema is the one that this version needs."""
    found = await health.look(settings.sqlalchemy_url())
    if found.revision is None:
        return f"{found.head} comes with the first command"
    if found.revision > found.head:
        raise MscError(f"{found.revision} is newer than this version knows ({found.head}); update msc-bot")
    if not found.up_to_date:
        raise MscError(f"{found.revision}, newest is {found.head}; run `msc migrate`")
    return str(found.revision)


async def fed(settings: Settings) -> str:
    """Say whether the sources could be read when they were last looked at."""
    async with _opened(settings) as db:
        if db is None:
            return _NOTHING
        broken = await sources.failing(db)
    if broken:
        shown = "; ".join(f"{s.title or s.place}: {s.error}" for s in broken[:_SHOWN])
        raise Wanting(f"{len(broken)} can't be read: {shown}; mend, pause or remove them in `/msc sources`")
    return "the last look at each went well"


async def work(settings: Settings) -> str:
    """Say whether jobs wait too long, and which were set aside."""
    async with _opened(settings) as db:
        if db is None:
            return _NOTHING
        depth = await queue.depth(db, datetime.now(UTC))
        dead = await queue.set_aside(db)
    waited = depth.oldest.total_seconds()
    if waited > settings.queue_limit:
        raise MscError(
            f"{depth.waiting} are due, the oldest since {waited:.0f} s, and nobody does them; "
            "start a worker: `msc serve --role worker`"
        )
    if dead:
        shown = "; ".join(f"{job.kind} {job.id}: {job.last_error}" for job in dead[:_SHOWN])
        raise Wanting(f"{len(dead)} set aside: {shown}; mend the cause and add the source again")
    return f"{depth.waiting} due, none set aside"


async def posts(settings: Settings) -> str:
    """Say which messages of digests were not posted, or nobody knows whether they were."""
    async with _opened(settings) as db:
        if db is None:
            return _NOTHING
        count = await outbox.counts(db)
    amiss = {state: count[state] for state in ("failed", "unknown") if count.get(state)}
    if amiss:
        told = " and ".join(f"{n} {state}" for state, n in amiss.items())
        raise Wanting(
            f"{told}; look into their channels: what is unknown may stand there, what failed was refused by "
            "Slack; `/msc digest now` posts anew"
        )
    return f"{count.get('posted', 0)} posted, {count.get('rendered', 0)} waiting"


@asynccontextmanager
async def _opened(settings: Settings) -> AsyncIterator[Database | None]:
    """Yield the database as it is; None where it is not made or not up to date, which has its own line."""
    url = settings.sqlalchemy_url()
    if not (await health.look(url)).up_to_date:
        yield None
        return
    db = await Database.open(url, upgrade=False)
    try:
        yield db
    finally:
        await db.close()


LOOKS: dict[str, Look] = {
    "database": database,
    "schema": schema,
    "sources": fed,
    "jobs": work,
    "posts": posts,
}
