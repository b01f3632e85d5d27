"""A person's word wins over the rules: at once, and again after every new ingest."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.correct import correct
from bot.errors import UsageError
from bot.extract import Extractor
from bot.extract.corrections import apply, hull
from bot.ingest import ingest
from bot.models import Article, Correction, Findings, Raw, Span, Verdict
from bot.reference import Reference
from bot.store import Database, articles, corrections, findings

TEXT = (
    "“We will keep the harbour open,” Ada Lind said on Monday. Her deputy, Bo Falk, told reporters that "
    "the cranes cost 40 million euros.\n"
)
EXTRACTOR = Extractor(Reference())


def raw(text: str = TEXT, source: str = "harbour.txt") -> Raw:
    return Raw(source, text.encode(), "text/plain", datetime(2026, 2, 14, tzinfo=UTC))


async def stored(database: Database) -> tuple[int, Article, Findings]:
    await ingest(database, EXTRACTOR, "W1", [raw()])
    (summary,) = await articles.listing(database, "W1")
    kept = await articles.get(database, "W1", summary.id)
    assert kept is not None
    return summary.id, kept.article, await findings.of_article(database, "W1", summary.id)


async def test_a_speaker_set_by_hand_is_shown_at_once_and_after_a_new_ingest(database: Database) -> None:
    article_id, _, found = await stored(database)
    span = hull(found.quotations[0])

    assert await correct(database, "W1", article_id, span, Verdict.SPEAKER, speaker="Bo Falk", by="U1")

    after = await findings.of_article(database, "W1", article_id)
    assert after.quotations[0].speaker == "Bo Falk"
    assert after.quotations[0].speaker_reason == "corrected by hand"
    await ingest(database, EXTRACTOR, "W1", [raw()])
    again = await findings.of_article(database, "W1", article_id)
    assert again.quotations[0].speaker == "Bo Falk"


async def test_what_is_no_quotation_stays_away(database: Database) -> None:
    article_id, article, found = await stored(database)
    last = found.quotations[-1]

    await correct(database, "W1", article_id, hull(last), Verdict.NOT_QUOTATION)

    after = await findings.of_article(database, "W1", article_id)
    assert [hull(q) for q in after.quotations] == [hull(q) for q in found.quotations[:-1]]
    cost = [f for f in after.facts if "40 million" in f.content.of(article.text)]
    assert [f.attributed_to for f in cost] == [None]


async def test_the_newest_word_on_a_stretch_counts(database: Database) -> None:
    article_id, article, found = await stored(database)
    span = hull(found.quotations[0])
    await correct(database, "W1", article_id, span, Verdict.SPEAKER, speaker="Bo Falk")
    await correct(database, "W1", article_id, span, Verdict.SPEAKER, speaker="  Ada   Lind ")

    (kept,) = await corrections.of_content(database, "W1", article.content_hash)
    assert kept.speaker == "Ada Lind"
    assert await corrections.of_content(database, "W2", article.content_hash) == []


async def test_a_correction_taken_back_gives_the_rules_their_say(database: Database) -> None:
    article_id, article, found = await stored(database)
    span = hull(found.quotations[0])
    await correct(database, "W1", article_id, span, Verdict.NOT_QUOTATION)
    assert await corrections.forget(database, "W1", article.content_hash, span)
    assert not await corrections.forget(database, "W1", article.content_hash, span)

    await ingest(database, EXTRACTOR, "W1", [raw()])

    assert (await findings.of_article(database, "W1", article_id)).quotations == found.quotations


async def test_another_workspace_corrects_nothing(database: Database) -> None:
    article_id, _, found = await stored(database)
    assert not await correct(database, "W2", article_id, hull(found.quotations[0]), Verdict.NOT_QUOTATION)
    assert await findings.of_article(database, "W1", article_id) == found


@pytest.mark.parametrize(
    ("span", "speaker"), [(Span(0, 9_999), "Bo"), (Span(5, 5), "Bo"), (Span(0, 5), "x" * 300)]
)
async def test_what_makes_no_sense_is_refused_in_a_sentence(
    database: Database, span: Span, speaker: str
) -> None:
    article_id, _, found = await stored(database)
    with pytest.raises(UsageError):
        await correct(database, "W1", article_id, span, Verdict.SPEAKER, speaker=speaker)
    assert await findings.of_article(database, "W1", article_id) == found


def article(text: str = TEXT) -> Article:
    return Article("harbour.txt", text, "h", datetime(2026, 2, 14, tzinfo=UTC))


def test_a_correction_survives_borders_that_move_a_little() -> None:
    found = EXTRACTOR.findings(article())
    start, end = hull(found.quotations[0])
    moved = Correction("h", Span(start + 1, end - 2), Verdict.SPEAKER, "Bo Falk")
    assert apply(article(), found, [moved]).quotations[0].speaker == "Bo Falk"


def test_words_that_the_rules_do_not_find_become_a_quotation_again() -> None:
    text = "The bridge is safe. Nobody doubted it."
    found = EXTRACTOR.findings(article(text))
    assert found.quotations == ()
    (added,) = apply(
        article(text), found, [Correction("h", Span(0, 18), Verdict.SPEAKER, "Ada Lind")]
    ).quotations
    assert (added.content, added.speaker) == ((Span(0, 18),), "Ada Lind")


def test_corrections_of_another_text_are_left_aside() -> None:
    found = EXTRACTOR.findings(article())
    other = Correction("another", hull(found.quotations[0]), Verdict.NOT_QUOTATION)
    assert apply(article(), found, [other]) == found


def test_places_in_the_list_stay_right_when_a_quotation_goes() -> None:
    found = EXTRACTOR.findings(article())
    gone = Correction("h", hull(found.quotations[0]), Verdict.NOT_QUOTATION)
    after = apply(article(), found, [gone])
    for mention in after.mentions:
        if mention.quotation is not None:
            assert any(c.holds(mention.span) for c in after.quotations[mention.quotation].content)
