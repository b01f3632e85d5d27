"""A fact must hold what is asked for: how many an amount, when a time; else nobody knows."""

from __future__ import annotations

from bot.models import Asker
from bot.search import Searcher

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
