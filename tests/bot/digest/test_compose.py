"""A period's digest: what counts on which day, and why there is sometimes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.digest import compose, editions
from bot.digest.compose import Period
from bot.models import Article, Findings
from bot.reference import Reference
from bot.store import Database, articles, channels, days, runs
from bot.store.channels import Wish
from tests.bot.digest._articles import entry
from tests.bot.digest.test_themes import FERRY, LIBRARY

DAY = date(2026, 2, 14)
BERLIN = Period(DAY, DAY, ZoneInfo("Europe/Berlin"))


def article(source: str, text: str, fetched: str, published: date | None = None) -> tuple[Article, Findings]:
    made = entry(1, text)
    moment = datetime.fromisoformat(fetched).replace(tzinfo=UTC)
    values = {name: getattr(made.article, name) for name in made.article.__slots__}
    changed = {"source": source, "fetched": moment, "published": published}
    return Article(**values | changed), made.findings


async def test_an_undated_article_counts_on_the_local_day_it_came_in(database: Database) -> None:
    await articles.save(database, "W1", *article("a", FERRY, "2026-02-13T23:30"))  # 00:30 in Berlin
    await articles.save(database, "W1", *article("b", LIBRARY, "2026-02-14T23:30"))  # the day after there
    await articles.save(database, "W1", *article("c", LIBRARY + "More.", "2026-03-01T10:00", DAY))
    await articles.save(database, "W2", *article("d", FERRY + "Other.", "2026-02-14T10:00"))
    found = await compose.of_period(database, "W1", Reference(), BERLIN)
    assert (found.articles, found.undated) == (2, 1)


@pytest.mark.parametrize(
    ("texts", "key"),
    [((), "digest.no_articles"), (("Only one line.\n",), "digest.quiet")],
)
async def test_nothing_to_post_has_a_reason(
    sqlite_database: Database, texts: tuple[str, ...], key: str
) -> None:
    for n, text in enumerate(texts):
        await articles.save(sqlite_database, "W1", *article(f"{n}", text, "2026-02-14T10:00"))
    found = await compose.of_period(sqlite_database, "W1", Reference(), BERLIN)
    assert found.skip is not None
    assert found.skip.key == key


async def test_more_articles_than_can_be_compared_are_cut_to_the_newest(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(days, "MOST", 2)
    for n in range(3):
        await articles.save(sqlite_database, "W1", *article(f"{n}", FERRY + f"{n}.", "2026-02-14T10:00"))
    held = await days.within(sqlite_database, "W1", None, None, most=2)
    assert [h.stored.article.source for h in held] == ["1", "2"]
    assert compose.digest(held, [], Reference(), BERLIN).cut


async def test_long_articles_are_cut_to_the_newest_that_fit_and_the_digest_says_so(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(days, "CHARACTERS", int(1.5 * len(FERRY)))
    for n in range(3):
        await articles.save(database, "W1", *article(f"{n}", FERRY + f"{n}.", "2026-02-14T10:00"))
    found = await compose.of_period(database, "W1", Reference(), BERLIN)
    assert (found.articles, found.cut) == (2, True)
    monkeypatch.setattr(days, "CHARACTERS", 4 * len(FERRY))
    found = await compose.of_period(database, "W1", Reference(), BERLIN)
    assert (found.articles, found.cut) == (3, False)


async def test_of_the_days_before_only_the_quotations_are_read(database: Database) -> None:
    await articles.save(database, "W1", *article("a", FERRY, "2026-02-14T10:00"))
    (whole,) = await days.within(database, "W1", None, None)
    (said,) = await days.within(database, "W1", None, None, only_said=True)
    assert said.findings.quotations == whole.findings.quotations != ()
    assert (said.findings.facts, said.findings.people) == ((), ())


async def test_two_clocks_make_one_edition(database: Database) -> None:
    made = datetime(2026, 2, 13, 12, tzinfo=UTC)
    await channels.save(database, "W1", "C1", "U1", Wish("08:00", "Europe/Berlin"), now=made)
    now = datetime(2026, 2, 14, 7, 0, 1, tzinfo=UTC)
    first = await editions.begin(database, Reference(), now)
    second = await editions.begin(database, Reference(), now)
    assert (first, second) == (1, 0)
    (stored,) = await channels.listing(database, "W1")
    (run,) = await runs.recent(database, "W1", stored.id)
    assert (run.local_date, run.state) == (DAY, "skipped")


async def test_one_article_alone_has_its_themes(sqlite_database: Database) -> None:
    await articles.save(sqlite_database, "W1", *article("a", FERRY, "2026-02-14T10:00"))
    found = await compose.of_period(sqlite_database, "W1", Reference(), BERLIN)
    assert found.articles == 1
    assert found.themes


async def test_a_day_of_copies_of_earlier_articles_has_nothing_new(sqlite_database: Database) -> None:
    first, findings = article("a", FERRY, "2026-02-10T10:00")
    earlier = await articles.save(sqlite_database, "W1", first, findings)
    for name in ("b", "c"):
        copy, found_in_it = article(name, FERRY, "2026-02-14T10:00")
        await articles.save(sqlite_database, "W1", copy, found_in_it)
    held = [
        replace(h, stored=replace(h.stored, reprint_of=earlier.article_id))
        for h in await days.within(sqlite_database, "W1", (DAY, DAY), BERLIN.moments)
    ]
    found = compose.digest(held, [], Reference(), BERLIN)
    assert (found.reprints, found.themes) == (2, ())
    assert found.skip is not None
    assert found.skip.key == "digest.only_reprints"
