"""A fact must hold what is asked for: how many an amount, when a time; else nobody knows."""

from __future__ import annotations

from datetime import date

from bot.models import Asker, Fact, Findings, Span
from bot.search import Searcher
from bot.store import Database, articles
from tests.bot.search.conftest import article, sentences

UNKNOWN = [
    "how many harbour talks ended without a deal",
    "when did the harbour talks end",
    "when did Rutte join the harbour talks",
    "how much do the frigates earn",
    "who won the harbour talks",
    "when did Rutte leave the alliance",
]
KNOWN = [
    ("how many hours did reporters wait", "six hours"),
    ("how much does the programme cost", "$40 billion"),
    ("when will allies spend 3.5 percent", "2031"),
    ("how long did reporters wait", "six hours"),
    ("how much $ does the programme cost", "$40 billion"),
    ("wat share do allies spend on defence", "3.5 percent"),
]


async def test_what_holds_no_amount_or_no_time_is_no_answer(searcher: Searcher) -> None:
    for question in UNKNOWN:
        assert (await searcher.answer(Asker("W1"), question)).answers == (), question


async def test_what_holds_it_is_one(searcher: Searcher) -> None:
    for question, words in KNOWN:
        reply = await searcher.answer(Asker("W1"), question)
        assert reply.answers, question
        assert words in reply.answers[0].text, question


async def test_whether_somebody_said_it_is_not_answered_by_what_else_they_said(searcher: Searcher) -> None:
    reply = await searcher.answer(Asker("W1"), "did Frederiksen say the island is melting")
    assert (reply.answers, reply.verdict) == ((), False)
    assert reply.nearest


async def test_a_no_tells_first_what_they_did_say(searcher: Searcher) -> None:
    reply = await searcher.answer(Asker("W1"), "did Frederiksen say the island is melting")
    assert (reply.nearest[0].speaker, reply.nearest[0].text) == (
        "Mette Frederiksen",
        "The island is not for sale",
    )


async def test_an_age_is_told_by_its_number_and_what_comes_next_by_next(searcher: Searcher) -> None:
    for question in ("how old is Rutte", "how old is the programme", "when is the next budget week"):
        assert (await searcher.answer(Asker("W1"), question)).answers == (), question


async def test_letters_and_a_number_are_one_name(database: Database, searcher: Searcher) -> None:
    text = (
        "Pier news.\nThe BX-7 crane was bought in 2021.\nThe BX-7 crane on pier 9 is closed until May 2027.\n"
    )
    await articles.save(database, "W1", article("x.txt", text, None), Findings(sentences=sentences(text)))
    for question in ("when was the bx-7 bought", "when was the BX 7 crane bought", "when was the bx7 bought"):
        (answer,) = (await searcher.answer(Asker("W1"), question)).answers
        assert "2021" in answer.text, question


async def test_a_number_right_behind_a_name_is_an_age(database: Database, searcher: Searcher) -> None:
    text = "Quay news.\nAsta Holm, 56, opened pier 7.\n"
    age = Span(text.index("Asta"), text.index("56") + 2)
    found = Findings(facts=(Fact(age, None, None, None, sentences(text)[1]),), sentences=sentences(text))
    await articles.save(database, "W1", article("pier.txt", text, date(2026, 2, 17)), found)
    (answer,) = (await searcher.answer(Asker("W1"), "how old is Holm")).answers
    assert answer.text == "Asta Holm, 56"
    assert (await searcher.answer(Asker("W1"), "how old is pier 7")).answers == ()


async def test_a_number_near_the_one_that_was_said_was_not_said(searcher: Searcher) -> None:
    assert (await searcher.answer(Asker("W1"), "who said allies will spend 3.5 percent")).answers
    for question in (
        "who said allies will spend 4.5 percent",
        "who mentioned 14 frigates",
        "what did Rutte say about 2033",
        "which article says that the programme costs $50 billion",
    ):
        assert (await searcher.answer(Asker("W1"), question)).answers == (), question


async def test_how_much_a_country_has_is_not_told_by_what_another_has(searcher: Searcher) -> None:
    assert (await searcher.answer(Asker("W1"), "how many frigates does Denmark need")).answers == ()


async def test_facts_are_what_can_be_checked(searcher: Searcher) -> None:
    reply = await searcher.answer(Asker("W1"), "facts defence")
    assert reply.headline.key == "search.facts_about"
    assert [a.text for a in reply.answers] == ["allies will spend 3.5 percent on defence by 2031"]
    assert (await searcher.answer(Asker("W1"), "facts treaties")).answers == ()  # said, but no fact
