"""The one composition root: every collaborator is built here, once, and handed to the doors."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot import reference
from bot.extract import Extractor
from bot.ingest import Pool
from bot.reference import Reference
from bot.search import Searcher
from bot.settings import Settings
from bot.store import Database


@dataclass(frozen=True, slots=True)
class Services:
    """What a door needs to answer."""

    settings: Settings
    reference: Reference
    db: Database
    extractor: Extractor
    searcher: Searcher
    pool: Pool | None = None  # where a server reads what is added to it; its event loop answers meanwhile


@asynccontextmanager
async def services(settings: Settings) -> AsyncIterator[Services]:
    """Build the services of a process and release what they hold at the end.

    The database's schema is brought up to date; the language model is loaded when it is first needed.
    Raises SettingError and StoreError with one sentence.
    """
    known = reference.load(settings.people, settings.terms)
    db = await Database.open(settings.sqlalchemy_url())
    extractor = Extractor(known, settings.spacy_model)
    try:
        async with Pool(extractor, 1, apart=True) as pool:
            yield Services(settings, known, db, extractor, Searcher(db, known), pool)
    finally:
        await db.close()
