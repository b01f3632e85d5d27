"""What a speaker's words leave to the text around them, and what articles say of themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot import reference
from bot.models import EntityKind, Findings, Flag, FlagKind, Person, Quotation, Span
from bot.search import Searcher
from bot.settings import Settings
from bot.store import Database, articles
from tests.bot.search.conftest import NOW, article, ask, first, quoted, sentences

PIER = (
    "Pier week in Bergen.\n"
    "Asta Holm urged a second pier for ferries. "
    "Asta Holm also praised the pilots. "
    "Norway and Iceland may join their fleets. "
    "Experts said that closer coordination would save fuel. "
    "The forum, otherwise known as the herring summit, is an annual gathering of pilots. "
    "A ferry sank within two days. "
    "In Bergen the old lighthouse was repaired. "
    "Herring catches rose tenfold. "
    "A study by the Tide Institute found that nets were dear. "
    "Students said that lunch was late.\n"
    "The Tide Gazette\n"
)
NOTICE = (
    "Fleet shares.\n"
    "Asta Holm urged new shares.\n"
    "This text is sponsored content. The Herring Herald does not endorse the claims. "
    "Kryptofish are speculative.\n"
)
FJORD = "Fjord notes.\nAsta Holm urged quieter engines. The pilots were pleased.\n"


def _by(said: Quotation, mention: str) -> Quotation:
    """Return the quotation with its speaker as printed."""
    at = PIER.index(mention)
    return replace(said, speaker_span=Span(at, at + len(mention)))


@pytest.fixture
async def pier(database: Database) -> Searcher:
    """Two articles, one of them of a place and by a publisher."""
    holm = Person("Asta Holm", EntityKind.PERSON)
    told = Findings(
        (
            quoted(PIER, "a second pier for ferries", "Asta Holm", kind="indirect"),
            quoted(PIER, "the pilots", "Asta Holm", kind="indirect"),
            quoted(PIER, "that closer coordination would save fuel", "Experts", kind="indirect"),
            _by(
                quoted(PIER, "that nets were dear", "Tide Institute", kind="indirect"),
                "A study by the Tide Institute",
            ),
            _by(quoted(PIER, "that lunch was late", "Students", kind="indirect"), "Students"),
        ),
        people=(holm, Person("Experts", EntityKind.GROUP)),
        sentences=sentences(PIER),
    )
    printed = replace(article("pier.txt", PIER, date(2026, 2, 17)), publisher="The Tide Gazette")
    await articles.save(database, "W1", printed, told)
    other = Findings(
        (quoted(FJORD, "quieter engines", "Asta Holm", kind="indirect"),),
        people=(holm,),
        sentences=sentences(FJORD),
    )
    paid = "This text is sponsored content."
    flag = Flag(FlagKind.SPONSORED, Span(NOTICE.index(paid), NOTICE.index(paid) + len(paid)))
    shares = replace(article("shares.txt", NOTICE, None), flags=(flag,))
    about = Findings((quoted(NOTICE, "new shares", "Asta Holm", kind="indirect"),), people=(holm,))
    await articles.save(database, "W1", shares, about)
    await articles.save(database, "W1", article("fjord.txt", FJORD, date(2026, 2, 17)), other)
    return searcher_over(database)


def searcher_over(database: Database) -> Searcher:
    """Return the search over these articles, with the usual people and terms."""
    chosen = Settings(_env_file=None)
    return Searcher(database, reference.load(chosen.people, chosen.terms), now=lambda: NOW)


async def test_where_somebody_spoke_is_told_by_the_article(pier: Searcher) -> None:
    reply = await ask(pier, "what did Asta Holm urge at the forum")
    assert {a.source for a in reply.answers} == {"pier.txt"}
    assert (await ask(pier, "what did Asta Holm urge at the congress")).answers == ()
    assert (await ask(pier, "what did Asta Holm urge in Iceland")).answers
    assert (await ask(pier, "what did Asta Holm urge in Sweden")).answers == ()


async def test_a_part_of_what_they_spoke_of_may_be_told_by_the_sentence_before(pier: Searcher) -> None:
    reply = await ask(pier, "what do experts think of Norwegian and Icelandic coordination")
    assert first(reply) == ("Experts", "that closer coordination would save fuel")
    assert (await ask(pier, "what do experts think of Norwegian ferries")).answers == ()


async def test_what_a_thing_is_called_and_how_often_it_is(pier: Searcher) -> None:
    for question in (
        "nickname of the forum",
        "what is the forum's nickname",
        "how often does the forum take place",
    ):
        assert "herring summit" in first(await ask(pier, question))[1], question
    assert (await ask(pier, "what is the pier's nickname")).answers == ()
    assert (await ask(pier, "how often do ferries sink")).answers == ()


async def test_how_long_and_how_tall_are_told_by_a_span_and_a_measure(pier: Searcher) -> None:
    assert "two days" in first(await ask(pier, "how long did it take the ferry to sink"))[1]
    for question in ("how tall is the ferry", "how long is the pier", "what is the price of a ferry"):
        assert (await ask(pier, question)).answers == (), question


@pytest.mark.parametrize(
    "question",
    [
        "which article is from the tide gazette",
        "what paper was published by TG",
        "articles by the Tide Gazette",
    ],
)
async def test_an_article_is_found_by_who_published_it(pier: Searcher, question: str) -> None:
    reply = await ask(pier, question)
    assert [(a.text, a.source, a.speaker) for a in reply.answers] == [("The Tide Gazette", "pier.txt", None)]


async def test_an_article_that_nobody_published_is_not_there(pier: Searcher) -> None:
    reply = await ask(pier, "which article is by the Herald")
    assert (reply.answers, reply.headline.key) == ((), "search.nothing")


async def test_clipped_words_and_misspelt_endings_are_understood(pier: Searcher) -> None:
    assert "second pier" in first(await ask(pier, "who said smthing abt ferriez"))[1]
    assert first(await ask(pier, "what r ppl saying abt coordinatng, quotes"))[0] == "Experts"


async def test_a_study_is_whoever_an_article_calls_so(pier: Searcher) -> None:
    reply = await ask(pier, "what does the study say")
    assert [(a.speaker, a.text) for a in reply.answers] == [("Tide Institute", "that nets were dear")]
    assert (await ask(pier, "what does the survey say")).answers == ()


async def test_what_somebody_did_may_be_told_by_the_article(pier: Searcher) -> None:
    reply = await ask(pier, "what fleets did Norway join")
    assert [a.speaker for a in reply.answers] == [None]
    assert "may join their fleets" in reply.answers[0].text


async def test_a_short_claim_that_lacks_its_word_is_nobodys(pier: Searcher) -> None:
    for question in ("who said the pilots have won", "who wants quicker pilots"):
        assert (await ask(pier, question)).answers == (), question


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("which article has a kryptofish warning", "Kryptofish are speculative."),
        ("which publisher does not endorse its claims", "The Herring Herald does not endorse the claims."),
        ("which article has a disclaimer", "This text is sponsored content."),
    ],
)
async def test_a_notice_is_found_though_it_is_no_part_of_the_report(
    pier: Searcher, question: str, words: str
) -> None:
    assert [(a.text, a.speaker) for a in (await ask(pier, question)).answers] == [(words, None)]


async def test_what_no_notice_says_is_nowhere(pier: Searcher) -> None:
    assert (await ask(pier, "which article has a lottery warning")).answers == ()


async def test_one_thing_or_another_is_either_of_them(pier: Searcher) -> None:
    assert first(await ask(pier, "who talked about fuel or lunch or pilots"))[1]
    assert {a.text for a in (await ask(pier, "did anyone mention fuel or lighthouses")).answers} == {
        "that closer coordination would save fuel"
    }
    assert (await ask(pier, "who mentioned whales or sharks")).answers == ()


async def test_how_fast_a_thing_grew_is_told_by_an_amount(pier: Searcher) -> None:
    assert "tenfold" in first(await ask(pier, "how fast did herring catches grow"))[1]
    assert (await ask(pier, "how fast did pilots grow")).answers == ()


async def test_where_it_was_is_told_also_by_the_first_words_of_a_sentence(pier: Searcher) -> None:
    assert "lighthouse" in first(await ask(pier, "where was the old lighthouse repaired"))[1]
    assert (await ask(pier, "where was the old lighthouse painted")).answers == ()
