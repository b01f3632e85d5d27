"""What was asked for in which words: all of it must be there, in any of its forms, and it is counted once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.models import (
    Findings,
    Person,
    Verification,
)
from bot.search import Searcher
from bot.store import Database, articles
from tests.bot.search.conftest import article, ask, first, quoted


async def test_a_name_that_no_article_has_is_not_answered_by_the_other_words(searcher: Searcher) -> None:
    for question in (
        "when did Sweden send frigates",
        "who mentioned Swedish frigates",
        "who mentioned hypersonic ice",
    ):
        reply = await ask(searcher, question)
        assert (reply.answers, reply.narration) == ((), ()), question


async def test_a_verb_means_the_cues_of_its_family(searcher: Searcher) -> None:
    assert first(await ask(searcher, "what did Rutte deny"))[1] == "the claim that the alliance is divided"


async def test_forms_of_a_word_are_one_word(searcher: Searcher) -> None:
    assert "will spend 3.5 percent" in first(await ask(searcher, "what did Rutte say is spent on defence"))[1]


async def test_one_word_in_common_is_no_paraphrase(searcher: Searcher) -> None:
    reply = await ask(searcher, 'verify "ice for our time"')
    assert reply.verification is Verification.NOT_FOUND


async def test_words_in_marks_are_judged_word_by_word(searcher: Searcher) -> None:
    said = await ask(searcher, 'did Frederiksen say "the island is not for sale"')
    assert (said.verdict, said.verification) == (True, Verification.VERBATIM)
    turned = await ask(searcher, 'did Frederiksen say "the island is for sale"')
    assert (turned.verdict, turned.verification) == (False, Verification.NEAR)
    other = await ask(searcher, 'did Rutte say "the island is not for sale"')
    assert (other.verdict, other.verification) == (False, Verification.OTHER_SPEAKER)


async def test_what_is_counted_must_be_there(searcher: Searcher) -> None:
    assert (await ask(searcher, "how many frigates does Poulsen need")).answers
    assert not (await ask(searcher, "how many helicopters does Poulsen need")).answers


async def test_of_two_things_asked_for_one_is_not_enough(searcher: Searcher) -> None:
    assert not (await ask(searcher, "what did Rutte say about defence trains")).answers


async def test_a_form_of_a_common_verb_is_no_slip_of_another(searcher: Searcher) -> None:
    reply = await ask(searcher, "what was sent to Nuuk")
    assert "search.corrected" not in [note.key for note in reply.notes]
    assert not reply.answers or "spend" not in reply.answers[0].text


async def test_where_only_the_best_are_counted_the_reply_says_so(searcher: Searcher, db: Database) -> None:
    assert (await ask(searcher, "who mentioned the island")).notes == ()
    said = [f"Ferry number {n} sails in all weather" for n in range(30)]
    text = " ".join(f"Ib Poulsen said: “{words}.”" for words in said)
    findings = Findings(
        quotations=tuple(quoted(text, words, "Ib Poulsen") for words in said), people=(Person("Ib Poulsen"),)
    )
    await articles.save(db, "W1", article("ferries.txt", text, date(2026, 2, 12)), findings)
    reply = await ask(searcher, "who mentioned the ferry")
    assert [n.key for n in reply.notes] == ["search.best_only"]
    assert reply.notes[0].values["shown"] == len(reply.answers)


async def test_where_the_rest_are_copies_nothing_is_left_uncounted(searcher: Searcher, db: Database) -> None:
    for n in range(30):
        words = "The ferry sails in all weather"
        text = f"Report {n}. Ib Poulsen said: “{words}.”"
        findings = Findings(quotations=(quoted(text, words, "Ib Poulsen"),), people=(Person("Ib Poulsen"),))
        copy = replace(article(f"copy{n}.txt", text, date(2026, 2, 12)), title=f"Paper {n}" if n else None)
        await articles.save(db, "W1", copy, findings)
    reply = await ask(searcher, "who mentioned the ferry")
    assert [a.text for a in reply.answers] == ["The ferry sails in all weather"]
    assert len(reply.answers[0].also_in) == 24
    assert all(name.startswith("Paper ") for name in reply.answers[0].also_in if name != "copy0.txt")
    assert reply.notes == ()


async def test_a_no_without_its_apostrophe_is_a_no(searcher: Searcher) -> None:
    assert (await ask(searcher, "did Frederiksen say the island isnt for sale")).verdict is True
    assert (await ask(searcher, "did Frederiksen say the island is for sale")).verdict is False
