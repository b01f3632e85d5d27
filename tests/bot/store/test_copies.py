"""Copies of an article are known as such, and earlier texts are kept."""

from __future__ import annotations

from bot.models import Findings
from bot.store import Database, arrivals, articles, versions
from bot.store.reprints import Candidates, Copies
from tests.bot.store import _samples as samples

SHINGLES = frozenset(range(0, 800, 4))


async def stored(database: Database, source: str, copies: Copies, workspace: str = "W1") -> int:
    saved = await articles.save(database, workspace, samples.article(source), Findings(), copies=copies)
    return saved.article_id


async def likes(database: Database, source: str, shingles: frozenset[int]) -> Candidates:
    found = await arrivals.look_up(database, "W1", samples.article(source), shingles)
    return found.candidates


async def originals(database: Database) -> dict[str, int | None]:
    return {a.source: a.reprint_of for a in await articles.listing(database, "W1")}


async def test_candidates_share_shingles_and_lie_in_the_workspace(database: Database) -> None:
    first = await stored(database, "a.txt", Copies(SHINGLES))
    await stored(database, "other.txt", Copies(frozenset(range(10_000, 10_800, 4))))
    await stored(database, "a.txt", Copies(SHINGLES), "W2")

    found = await likes(database, "b.txt", SHINGLES)
    assert (found.own, [c.id for c in found.articles]) == (None, [first])
    again = await likes(database, "a.txt", SHINGLES)
    assert (again.own, again.articles) == (first, ())  # not of itself
    assert (await likes(database, "b.txt", frozenset())).articles == ()


async def test_copies_lead_to_their_original_however_many_there_are(database: Database) -> None:
    first = await stored(database, "a.txt", Copies(frozenset(range(0, 800, 16))))
    for n in range(8):
        await stored(database, f"copy{n}.txt", Copies(SHINGLES, original=first))

    found = await likes(database, "new.txt", SHINGLES)
    assert [c.id for c in found.articles] == [first]


async def test_for_an_article_that_changes_its_earliest_copy_stands_for_all(database: Database) -> None:
    first = await stored(database, "a.txt", Copies(SHINGLES))
    second = await stored(database, "b.txt", Copies(SHINGLES, original=first))
    await stored(database, "c.txt", Copies(SHINGLES, original=first))

    found = await likes(database, "a.txt", SHINGLES)
    assert (found.own, [c.id for c in found.articles]) == (first, [second])


async def test_a_copy_of_a_copy_names_the_original(database: Database) -> None:
    first = await stored(database, "a.txt", Copies(SHINGLES))
    second = await stored(database, "b.txt", Copies(SHINGLES, original=first))
    await stored(database, "c.txt", Copies(SHINGLES, original=second))

    assert await originals(database) == {"a.txt": None, "b.txt": first, "c.txt": first}


async def test_a_longer_version_takes_over_its_extracts(database: Database) -> None:
    extract = await stored(database, "short.txt", Copies(SHINGLES))
    await stored(database, "copy.txt", Copies(SHINGLES, original=extract))
    whole = await stored(database, "whole.txt", Copies(SHINGLES, copies=(extract,)))

    assert await originals(database) == {"short.txt": whole, "copy.txt": whole, "whole.txt": None}


async def test_when_the_original_goes_its_first_copy_takes_its_place(database: Database) -> None:
    first = await stored(database, "a.txt", Copies(SHINGLES))
    second = await stored(database, "b.txt", Copies(SHINGLES, original=first))
    await stored(database, "c.txt", Copies(SHINGLES, original=first))

    await articles.remove(database, "W1", first)

    assert await originals(database) == {"b.txt": None, "c.txt": second}


async def test_a_copy_in_another_workspace_is_none(database: Database) -> None:
    theirs = await stored(database, "a.txt", Copies(SHINGLES), "W2")
    await stored(database, "a.txt", Copies(SHINGLES, original=theirs))

    assert await originals(database) == {"a.txt": None}


async def test_earlier_texts_of_an_article_are_kept(database: Database) -> None:
    saved = await articles.save(database, "W1", samples.article(), samples.findings())
    for text in ("Second text.", "Third text."):
        await articles.save(database, "W1", samples.article(text=text), Findings())
    await articles.save(database, "W1", samples.article(text="Third text."), Findings(), recipe="other")

    kept = await versions.of_article(database, "W1", saved.article_id)

    assert [v.text for v in kept] == ["Second text.", samples.TEXT]
    assert kept[1].fetched == samples.article().fetched
    assert await versions.of_article(database, "W2", saved.article_id) == []
    await articles.remove(database, "W1", saved.article_id)
    assert await versions.of_article(database, "W1", saved.article_id) == []
