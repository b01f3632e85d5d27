"""What the tests of reading share: a quick extractor, processes that start at once, an article."""

from __future__ import annotations

import multiprocessing
import os
import time
from datetime import UTC, datetime

import pytest

from bot.extract import Extractor
from bot.models import Article, Findings, Raw
from bot.reference import Reference

NEWS = "“We open on Monday,” said Mayor Ada Lind of Harbour.\n\nThe works cost 4.5 million euros.\n"


class Quick(Extractor):
    """An extractor without a language model, for what is not about language."""

    def bound(self) -> None:
        """Load no spaCy: there is no language model to keep from growing."""

    def findings(self, article: Article) -> Findings:
        """Find nothing; die or fail where the text asks for it."""
        if "KILL THIS PROCESS" in article.text:
            os._exit(9)
        if "READ FOR EVER" in article.text:
            time.sleep(600)
        if "FAIL HERE" in article.text:
            raise IndexError("list index out of range")
        return Findings()


@pytest.fixture
def quick() -> Extractor:
    return Quick(Reference())


@pytest.fixture
def forked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes are forks of one that has loaded everything: a tenth of the time of a fresh interpreter."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["bot.ingest._work", __name__])
    monkeypatch.setattr("bot.ingest._pool.get_context", lambda _: context)


def raw(source: str, text: str = NEWS) -> Raw:
    return Raw(source, text.encode(), "text/plain", datetime(2026, 2, 14, tzinfo=UTC))
