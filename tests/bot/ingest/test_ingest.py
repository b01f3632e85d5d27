"""The whole line over files: idempotent, whole or not at all, one bad file never stops the others."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot import reference
from bot.errors import SourceError
from bot.extract import Extractor
from bot.fetch import files
from bot.ingest import Pool, Result, Summary, ingest
from bot.models import Article, Findings, Raw
from bot.reference import Reference
from bot.settings import Settings
from bot.store import Database, articles, findings, versions

SEEDS = Path("seeds/articles")
SHARED = Path("../shared/seeds")
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


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """The real extractor with our own people and terms."""
    settings = Settings(_env_file=None)
    return Extractor(reference.load(settings.people, settings.terms), settings.spacy_model)


def raw(source: str, text: str = NEWS) -> Raw:
    return Raw(source, text.encode(), "text/plain", datetime(2026, 2, 14, tzinfo=UTC))


async def test_reading_again_changes_nothing(database: Database, quick: Extractor) -> None:
    sources = [raw("a.txt"), raw("b.txt", "Other news of the day.\n")]
    first = await ingest(database, quick, "W1", sources)
    again = await ingest(database, quick, "W1", sources)

    assert str(first) == "2 new, 0 replaced, 0 unchanged, 0 failed"
    assert str(again) == "0 new, 0 replaced, 2 unchanged, 0 failed"


async def test_what_is_unchanged_is_not_even_cleaned(sqlite_database: Database, quick: Extractor) -> None:
    await ingest(sqlite_database, quick, "W1", [raw("a.txt")])

    class Unwanted(Quick):
        def findings(self, article: Article) -> Findings:
            raise AssertionError("extracted again")

    summary = await ingest(sqlite_database, Unwanted(Reference()), "W1", [raw("a.txt")])
    assert summary == Summary(same=1)


async def test_changed_content_replaces_the_article(database: Database, quick: Extractor) -> None:
    await ingest(database, quick, "W1", [raw("a.txt")])
    summary = await ingest(database, quick, "W1", [raw("a.txt", "It stays shut.\n")])

    assert summary == Summary(replaced=1)
    (one,) = await articles.listing(database, "W1")
    stored = await articles.get(database, "W1", one.id)
    assert stored is not None
    assert stored.article.text == "It stays shut.\n"


async def test_a_new_title_for_the_same_text_is_taken_without_a_new_version(
    database: Database, quick: Extractor
) -> None:
    first = replace(raw("a.txt"), title="Old title", described=True)
    second = replace(first, title="New title", published=date(2026, 2, 14))

    assert await ingest(database, quick, "W1", [first]) == Summary(new=1)
    assert await ingest(database, quick, "W1", [second]) == Summary(replaced=1)
    assert await ingest(database, quick, "W1", [second]) == Summary(same=1)

    (one,) = await articles.listing(database, "W1")
    assert (one.title, one.published) == ("New title", date(2026, 2, 14))
    assert await versions.of_article(database, "W1", one.id) == []


async def test_other_people_files_find_anew(sqlite_database: Database, quick: Extractor) -> None:
    await ingest(sqlite_database, quick, "W1", [raw("a.txt")])
    other = Quick(Reference(), "another_model")

    assert await ingest(sqlite_database, other, "W1", [raw("a.txt")]) == Summary(replaced=1)
    assert await ingest(sqlite_database, other, "W1", [raw("a.txt")]) == Summary(same=1)


async def test_a_broken_source_is_told_by_name_and_the_rest_goes_on(
    sqlite_database: Database, quick: Extractor
) -> None:
    told: list[Result] = []
    sources: list[Raw | SourceError] = [
        raw("a.txt"),
        SourceError("gone.txt", "does not exist"),
        raw("odd.txt", "FAIL HERE\n"),
        raw("b.txt", "More news.\n"),
    ]

    summary = await ingest(sqlite_database, quick, "W1", sources, progress=told.append)

    assert summary == Summary(new=2, failed=2)
    assert [(r.source, r.outcome) for r in told] == [
        ("a.txt", "new"),
        ("gone.txt", "failed"),
        ("odd.txt", "failed"),
        ("b.txt", "new"),
    ]
    assert told[1].reason == "does not exist"
    assert "IndexError" in told[2].reason
    assert {a.source for a in await articles.listing(sqlite_database, "W1")} == {"a.txt", "b.txt"}


async def test_the_same_source_twice_in_one_run_is_one_article(database: Database, quick: Extractor) -> None:
    assert await ingest(database, quick, "W1", [raw("a.txt"), raw("a.txt")]) == Summary(new=1, same=1)


@pytest.mark.usefixtures("forked")
async def test_a_source_that_kills_its_process_takes_no_other_along(
    sqlite_database: Database, quick: Extractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.ingest._FEW", 2)  # already these few go through processes
    told: list[Result] = []
    texts = [f"News number {n}.\n" for n in range(8)]
    texts[4] = "KILL THIS PROCESS\n"
    sources = [raw(f"{n:02}.txt", text) for n, text in enumerate(texts)]

    summary = await ingest(sqlite_database, quick, "W1", sources, processes=2, progress=told.append)

    assert summary == Summary(new=7, failed=1)
    assert [r.source for r in told] == [s.source for s in sources]  # and the order is kept
    (failed,) = [r for r in told if r.outcome == "failed"]
    assert failed.source == "04.txt"
    assert "killed" in failed.reason


@pytest.mark.usefixtures("forked")
async def test_a_source_that_takes_for_ever_is_left_out_and_the_rest_goes_on(
    sqlite_database: Database, quick: Extractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources = [raw("a.txt"), raw("b.txt", "READ FOR EVER\n"), raw("c.txt", "More news.\n")]
    told: list[Result] = []

    async with Pool(quick, 1, apart=True) as pool:
        await ingest(sqlite_database, quick, "W1", sources[:1], pool=pool)  # the process is up
        monkeypatch.setattr("bot.ingest._pool._PATIENCE", 1.0)
        await ingest(sqlite_database, quick, "W1", sources[1:2], pool=pool, progress=told.append)
        monkeypatch.undo()
        summary = await ingest(sqlite_database, quick, "W1", sources[2:], pool=pool)

    assert [r.outcome for r in told] == ["failed"]
    assert "took too long" in told[0].reason
    assert summary == Summary(new=1)


async def test_a_run_that_is_stopped_keeps_what_it_did_and_goes_on_from_there(
    sqlite_database: Database, quick: Extractor
) -> None:
    summary = Summary()
    third = asyncio.Event()

    def tell(result: Result) -> None:
        if result.source == "2.txt":
            third.set()

    def endless() -> Iterator[Raw]:
        for n in range(1_000_000):
            yield raw(f"{n}.txt", f"News number {n}.\n")

    running = asyncio.create_task(
        ingest(sqlite_database, quick, "W1", endless(), processes=1, progress=tell, summary=summary)
    )
    await third.wait()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running

    stored = await articles.count(sqlite_database, "W1")
    assert stored >= summary.new >= 3
    first = [raw(f"{n}.txt", f"News number {n}.\n") for n in range(3)]
    again = await ingest(sqlite_database, quick, "W1", first)
    assert again == Summary(same=3)


async def test_a_copy_under_another_name_is_known_as_one(database: Database, quick: Extractor) -> None:
    told = " ".join(f"Report number {n} says that quay {n} opened." for n in range(60))
    sources = [
        raw("agency.txt", f"{told}\n"),
        raw("paper.txt", f"By our staff\n\n{told.upper()}\n\nMore on page two, with the weather.\n"),
        raw("other.txt", " ".join(f"Ship {n} left harbour at dawn with {n} crates." for n in range(60))),
    ]

    await ingest(database, quick, "W1", sources)

    listed = {a.source: a for a in await articles.listing(database, "W1")}
    assert listed["paper.txt"].reprint_of == listed["agency.txt"].id
    assert listed["agency.txt"].reprint_of is None
    assert listed["other.txt"].reprint_of is None


async def test_an_article_that_is_corrected_stays_the_original_of_its_copies(
    database: Database, quick: Extractor
) -> None:
    told = " ".join(f"Report number {n} says that quay {n} opened." for n in range(60))
    copies = [raw("paper.txt", f"{told}\n"), raw("web.txt", f"{told}\n")]
    await ingest(database, quick, "W1", [raw("agency.txt", f"{told}\n"), *copies])

    await ingest(database, quick, "W1", [raw("agency.txt", f"{told} Quay 61 stays shut.\n"), *copies])
    corrected = {a.source: a for a in await articles.listing(database, "W1")}
    await ingest(database, quick, "W1", [raw("agency.txt", "Something else altogether.\n"), *copies])
    changed = {a.source: a for a in await articles.listing(database, "W1")}

    agency, paper = corrected["agency.txt"].id, corrected["paper.txt"].id
    assert {s: a.reprint_of for s, a in corrected.items()} == {
        "agency.txt": None,
        "paper.txt": agency,
        "web.txt": agency,
    }
    assert {s: a.reprint_of for s, a in changed.items()} == {
        "agency.txt": None,
        "paper.txt": None,
        "web.txt": paper,
    }


async def test_two_workspaces_read_the_same_file_apart(database: Database, quick: Extractor) -> None:
    assert await ingest(database, quick, "W1", [raw("a.txt")]) == Summary(new=1)
    assert await ingest(database, quick, "W2", [raw("a.txt")]) == Summary(new=1)


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
