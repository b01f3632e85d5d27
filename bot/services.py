"""The one composition root: every collaborator is built here, once, and handed to the doors."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from importlib.util import find_spec

from bot import reference
from bot.extract import Extractor
from bot.fetch.addresses import Allowed
from bot.fetch.apart import Apart
from bot.fetch.manners import Manners
from bot.ingest import Pool
from bot.ingest.looking import Reader, Web
from bot.jobs import Embedded, Jobs, Policy, looks
from bot.reference import Reference
from bot.search import Searcher
from bot.settings import Settings
from bot.store import Database

_MOST = 4  # processes that a server reads with unless it is set; each holds the language model


@dataclass(frozen=True, slots=True)
class Services:
    """What a door needs to answer; `reader` reads sources away from the event loop, `jobs` has it done."""

    settings: Settings
    reference: Reference
    db: Database
    extractor: Extractor
    searcher: Searcher
    reader: Reader
    jobs: Jobs


@asynccontextmanager
async def services(settings: Settings, *, serving: bool = False) -> AsyncIterator[Services]:
    """Build the services of a process and release what they hold at the end.

    The database's schema is brought up to date; the language model is loaded when it is first needed. A
    process that is `serving` shares jobs with others where the database is PostgreSQL.
    Raises SettingError and StoreError with one sentence.
    """
    known = reference.load(settings.people, settings.terms)
    allowed = Allowed.parse(settings.fetch_allow)
    async with AsyncExitStack() as stack:
        db = await Database.open(settings.sqlalchemy_url())
        stack.push_async_callback(db.close)
        extractor = Extractor(known, settings.spacy_model)
        processes = (settings.processes or min(os.cpu_count() or 1, _MOST)) if serving else 1
        pool = await stack.enter_async_context(Pool(extractor, processes, apart=True))
        apart = await stack.enter_async_context(Apart())
        reader = Reader(db, extractor, Web(allowed, Manners(allowed), apart), pool)
        jobs = await stack.enter_async_context(_engine(settings, reader, serving))
        yield Services(settings, known, db, extractor, Searcher(db, known), reader, jobs)


@asynccontextmanager
async def working(found: Services, stop: asyncio.Event) -> AsyncIterator[None]:
    """Do jobs and watch the sources; when `stop` is set, or at the end, what was begun is finished."""
    over = asyncio.Event()
    tasks = [
        asyncio.create_task(found.jobs.run(over)),
        asyncio.create_task(looks.watch(found.reader, found.jobs, over)),
    ]
    ending = asyncio.create_task(_either(stop, over))
    try:
        yield
    finally:
        over.set()
        await asyncio.gather(ending, *tasks)


async def _either(stop: asyncio.Event, over: asyncio.Event) -> None:
    """Pass `stop` on, so that jobs end while the doors still finish their requests."""
    waiting = [asyncio.create_task(event.wait()) for event in (stop, over)]
    await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    for task in waiting:
        task.cancel()
    over.set()


@asynccontextmanager
async def _engine(settings: Settings, reader: Reader, serving: bool) -> AsyncIterator[Jobs]:
    """Yield the engine that the database asks for: PostgreSQL wakes workers where the extra is installed."""
    policy = Policy()
    functions = looks.functions(reader, policy)
    if serving and reader.db.dialect == "postgresql" and find_spec("procrastinate"):
        from bot.jobs.distributed import distributed  # noqa: PLC0415  an extra

        async with distributed(reader.db, settings.libpq_url(), functions, policy) as engine:
            yield engine
        return
    yield Embedded(reader.db, functions, policy)
