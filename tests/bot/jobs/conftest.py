"""A site on loopback, and a reader without a language model, for what is not about language."""

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


class Quick(Extractor):
    """Finds nothing, at once."""

    def findings(self, article: Article) -> Findings:
        """Return nothing."""
        return Findings()


@pytest.fixture
async def reader(database: Database) -> AsyncIterator[Reader]:
    """A reader that may fetch from loopback and does not wait between two pages; on both databases."""
    async with Apart() as apart:
        yield Reader(database, Quick(Reference()), Web(LOOPBACK, Manners(LOOPBACK, 0), apart))
