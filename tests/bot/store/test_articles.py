"""Articles are saved, replaced and removed as a whole, and are the same on both databases."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime

import pytest

from bot.errors import SourceError
from bot.models import Findings, Person
from bot.store import Database, articles, findings, people
from tests.bot.store import _samples as samples


async def test_what_goes_in_comes_out(database: Database) -> None:
    saved = await articles.save(database, "W1", samples.article(), samples.findings())

    stored = await articles.get(database, "W1", saved.article_id)
    assert saved.outcome == "new"
    assert stored is not None
    assert stored.article == samples.article()
    assert await findings.of_article(database, "W1", saved.article_id) == samples.findings()


async def test_the_same_content_again_writes_nothing(database: Database) -> None:
    first = await articles.save(database, "W1", samples.article(), samples.findings())
    before = await _rows(database)

    again = await articles.save(database, "W1", samples.article(), Findings())

    assert again == dataclasses.replace(first, outcome="same")
    assert await _rows(database) == before


async def test_changed_content_takes_the_place_of_the_old(database: Database) -> None:
    first = await articles.save(database, "W1", samples.article(), samples.findings())
    changed = samples.article(text="Ada Lind said the harbour stays shut.")

    again = await articles.save(database, "W1", changed, samples.people("Ada Lind"))

    assert again == dataclasses.replace(first, outcome="replaced")
    stored = await articles.get(database, "W1", first.article_id)
    assert stored is not None
    assert stored.article == changed
    assert await findings.quotations_of(database, "W1", first.article_id) == []
    assert await articles.count(database, "W1") == 1


async def test_other_rules_find_anew_in_the_same_content(database: Database) -> None:
    first = await articles.save(database, "W1", samples.article(), Findings(), recipe="rules 1")
    again = await articles.save(database, "W1", samples.article(), samples.findings(), recipe="rules 2")

    assert again == dataclasses.replace(first, outcome="replaced")
    assert len(await findings.quotations_of(database, "W1", first.article_id)) == 2


async def test_a_replacement_that_fails_halfway_leaves_everything_as_it_was(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await articles.save(database, "W1", samples.article(), samples.findings())
    before = await _rows(database)

    async def fails(*_: object) -> None:
        raise RuntimeError("halfway")

    monkeypatch.setattr(people, "prune", fails)
    with pytest.raises(RuntimeError, match="halfway"):
        await articles.save(database, "W1", samples.article(text="“New,” he said."), Findings())

    assert await _rows(database) == before


async def test_a_first_save_that_fails_halfway_stores_nothing(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(*_: object) -> None:
        raise RuntimeError("halfway")

    monkeypatch.setattr(people, "prune", fails)
    with pytest.raises(RuntimeError, match="halfway"):
        await articles.save(database, "W1", samples.article(), samples.findings())

    assert await _rows(database) == ([], [], [])


async def test_a_removed_article_takes_its_findings_along(database: Database) -> None:
    saved = await articles.save(database, "W1", samples.article(), samples.findings())

    assert await articles.remove(database, "W1", saved.article_id)

    assert await _rows(database) == ([], [], [])
    assert not await articles.remove(database, "W1", saved.article_id)


async def test_an_id_is_never_given_twice(database: Database) -> None:
    first = await articles.save(database, "W1", samples.article(), samples.findings())
    await articles.remove(database, "W1", first.article_id)

    second = await articles.save(database, "W1", samples.article(), samples.findings())

    assert second.article_id > first.article_id


async def test_a_listing_is_newest_first_and_counts_findings(database: Database) -> None:
    old = samples.article("old.txt", published=date(2026, 1, 1))
    undated = samples.article("undated.txt", published=None, fetched=datetime(2026, 2, 15, tzinfo=UTC))
    for one in (old, samples.article("today.txt"), undated):
        await articles.save(database, "W1", one, samples.findings())

    listed = await articles.listing(database, "W1")

    assert [a.source for a in listed] == ["undated.txt", "today.txt", "old.txt"]
    assert (listed[1].quotations, listed[1].facts, listed[1].title) == (2, 1, "Harbour opens")


async def test_known_sources_are_told_without_their_texts(database: Database) -> None:
    await articles.save(database, "W1", samples.article(), samples.findings(), recipe="r")

    known = await articles.known(database, "W1", ["harbour.txt", "other.txt"])

    assert list(known) == ["harbour.txt"]
    assert (known["harbour.txt"].content_hash, known["harbour.txt"].recipe) == (
        samples.article().content_hash,
        "r",
    )


async def test_a_text_with_nul_is_refused_by_name(database: Database) -> None:
    with pytest.raises(SourceError, match=r"odd\.txt: it holds NUL"):
        await articles.save(database, "W1", samples.article("odd.txt", text="a\x00b"), Findings())


async def test_names_and_titles_of_any_length_and_script_are_kept(database: Database) -> None:
    letters = "".join(map(chr, range(0x4E00, 0x6E00)))  # 8,192 different ones: not to be compressed
    name, title, source = letters, "مرحبا 🌍 " + letters, letters[:600]

    saved = await articles.save(
        database, "W1", samples.article(source, title=title), Findings(people=(Person(name),))
    )

    stored = await articles.get(database, "W1", saved.article_id)
    assert stored is not None
    assert (stored.article.title, stored.article.source) == (title, source)


async def test_a_source_with_an_endless_name_is_refused(database: Database) -> None:
    with pytest.raises(SourceError, match=r"x…: its name is longer than 2,000 bytes"):
        await articles.save(database, "W1", samples.article("x" * 5000), Findings())


async def _rows(database: Database) -> tuple[object, object, object]:
    listed = await articles.listing(database, "W1")
    found = [await findings.of_article(database, "W1", a.id) for a in listed]
    return listed, found, await people.listing(database, "W1")
