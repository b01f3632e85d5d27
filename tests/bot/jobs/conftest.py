"""Every engine over an empty database; a site on loopback, and a reader without a language model."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.extract import Extractor
from bot.fetch.apart import Apart
from bot.fetch.manners import Manners
from bot.ingest.looking import Reader, Web
from bot.models import Article, Findings
from bot.reference import Reference
from bot.store import Database
from tests.bot.fetch.conftest import LOOPBACK
from tests.bot.fetch.conftest import serve as serve
from tests.bot.jobs._bench import Bench, Clock
from tests.bot.jobs._watcher import Watcher


class Quick(Extractor):
    """Finds nothing, at once."""

    def bound(self) -> None:
        """Load no spaCy: there is no language model to keep from growing."""

    def findings(self, article: Article) -> Findings:
        """Return nothing."""
        return Findings()


@pytest.fixture
async def reader(database: Database) -> AsyncIterator[Reader]:
    """A reader that may fetch from loopback and does not wait between two pages; on both databases."""
    async with Apart() as apart:
        yield Reader(database, Quick(Reference()), Web(LOOPBACK, Manners(LOOPBACK, 0), apart))


@pytest.fixture(params=["embedded-sqlite", "embedded-postgresql", "distributed-postgresql"])
def engine_and_url(request: pytest.FixtureRequest) -> tuple[str, str]:
    """An engine's name with the address of an empty database for it."""
    engine, _, database = request.param.partition("-")
    return engine, request.getfixturevalue(f"migrated_{database}_url")


@pytest.fixture
async def bench(engine_and_url: tuple[str, str]) -> AsyncIterator[Bench]:
    engine, url = engine_and_url
    db = await Database.open(url)
    try:
        yield Bench(db, Clock(), engine)
    finally:
        await db.close()


@pytest.fixture
def watcher(reader: Reader) -> Watcher:
    return Watcher(reader)
