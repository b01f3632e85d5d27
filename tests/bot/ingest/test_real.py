"""Real articles, through the real pipeline: every finding is a slice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import reference
from bot.extract import Extractor
from bot.fetch import files
from bot.ingest import Result, ingest
from bot.models import Findings
from bot.settings import Settings
from bot.store import Database, articles, findings

SEEDS = Path("seeds/articles")
SHARED = Path("../shared/seeds")


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """The real extractor with our own people and terms."""
    settings = Settings(_env_file=None)
    return Extractor(reference.load(settings.people, settings.terms), settings.spacy_model)


@pytest.mark.parametrize("folder", [SEEDS, SHARED], ids=["our seeds", "real articles"])
async def test_real_articles_are_read_and_every_finding_is_a_slice(
    sqlite_database: Database, extractor: Extractor, folder: Path
) -> None:
    if not folder.exists():  # noqa: ASYNC240
        pytest.skip(f"{folder} is not beside this project")
    told: list[Result] = []

    summary = await ingest(sqlite_database, extractor, "W1", files.read([str(folder)]), progress=told.append)

    assert [r.reason for r in told if r.outcome == "failed"] == []
    assert summary.new == len(told) >= 5
    quoted = 0
    for one in await articles.listing(sqlite_database, "W1"):
        stored = await articles.get(sqlite_database, "W1", one.id)
        assert stored is not None
        found = await findings.of_article(sqlite_database, "W1", one.id)
        quoted += len(found.quotations)
        for span in spans(found):
            assert 0 <= span[0] < span[1] <= len(stored.article.text)
        for quotation in found.quotations:
            for span in quotation.content:
                words = span.of(stored.article.text)
                assert words == words.strip()
                assert words
    assert quoted >= summary.new  # more than one for each article


def spans(found: Findings) -> Iterator[tuple[int, int]]:
    """Yield every range that the findings name."""
    for q in found.quotations:
        yield from q.content
        yield q.sentence
        yield from (s for s in (q.cue, q.speaker_span) if s)
    for f in found.facts:
        yield f.content
        yield f.sentence
        yield from (s for s in (f.subject, f.predicate, f.object, f.attribution_span) if s)
        yield from (q.span for q in f.quantities)
        yield from (d.span for d in f.dates)
    yield from (m.span for m in found.mentions)
    yield from found.sentences
