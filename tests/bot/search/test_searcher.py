"""A reader asks, and gets the words, their speaker and source; or hears that nobody said it."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.models import (
    Article,
    Asker,
    EntityKind,
    Findings,
    Flag,
    FlagKind,
    Person,
    Quotation,
    QuotationKind,
    Span,
    Term,
    Verification,
)
from bot.reference import Reference
from bot.search import Searcher
from bot.store import Database, articles
from tests.bot.search.conftest import ask, corpus, first

FIRST = [
    ("who mentioned frigates", "Ib Poulsen", "frigates"),
    ("who mentoined frigattes", "Ib Poulsen", "frigates"),
    ("what did Rutte say about defense", "Mark Rutte", "3.5 percent"),
    ("wat did the nato chief say abt defence spending", "Mark Rutte", "3.5 percent"),
    ("quotes Frederiksen", "Mette Frederiksen", "not for sale"),
    ("quotes by the Danish pm", "Mette Frederiksen", "not for sale"),
    ("poulsen on ice", "Ib Poulsen", "ice melts faster"),
    ("poulsen treaties", "Ib Poulsen", "ice melts faster"),
    ("what did Rutte say since Monday", "Mark Rutte", "3.5 percent"),
    ("who said the island is not for sale", "Mette Frederiksen", "not for sale"),
    ("who rejected that the alliance is divided", "Mark Rutte", "the alliance is divided"),
    ("did anyone mention treaties", "Ib Poulsen", "treaties"),
]


async def test_the_right_words_come_first(searcher: Searcher) -> None:
    for question, speaker, words in FIRST:
        found = first(await ask(searcher, question))
        assert found[0] == speaker, question
        assert words in found[1], question


NOBODY = [
    "who mentioned Taiwan",
    "who mentioned bananas",
    "what did Frederiksen say about frigates",
    "quotes Xi Jinping",
    "what did Rutte say about ice",
    "did Rutte say anything about Nuuk",
]


async def test_nobody_is_an_answer(searcher: Searcher) -> None:
    for question in NOBODY:
        reply = await ask(searcher, question)
        assert reply.answers == (), question
        assert reply.narration == (), question
        assert reply.articles_searched == 2


async def test_the_articles_own_voice_is_kept_apart(searcher: Searcher) -> None:
    reply = await ask(searcher, "who mentioned Greenland")
    assert reply.answers == ()
    assert [a.speaker for a in reply.narration] == [None]
    assert "Greenland was not on the agenda" in reply.narration[0].text


async def test_what_comes_near_is_shown_as_such(searcher: Searcher) -> None:
    reply = await ask(searcher, "what did Frederiksen say about frigates")
    assert "frigates" in " ".join(a.text for a in reply.nearest)


async def test_a_rejection_is_no_statement(searcher: Searcher) -> None:
    reply = await ask(searcher, "did Rutte say the alliance is divided")
    assert reply.verdict is False
    assert "divided" in reply.answers[0].text


async def test_a_denial_of_the_words_is_no(searcher: Searcher) -> None:
    assert (await ask(searcher, "did Frederiksen say the island is for sale")).verdict is False
    assert (await ask(searcher, "did Frederiksen say the island is not for sale")).verdict is True


PASTED = [
    ('verify "The island is not for sale" Frederiksen', Verification.VERBATIM),
    ('verify "the island was never for sale"', Verification.NEAR),
    ('verify "The island is not for sale" Rutte', Verification.OTHER_SPEAKER),
    ('verify "ice melts faster than treaties"', Verification.REPORTED),
    ('verify "I love the smell of fresh paint"', Verification.NOT_FOUND),
    ('verify "allies are vassals of defence" Rutte', Verification.NOT_FOUND),
    ('verify "on defence allies spend 3.5 percent" Rutte', Verification.REPORTED),
    ('verify "the alliance is divided" Rutte', Verification.NOT_FOUND),  # he rejected it
]


async def test_a_pasted_quotation_is_judged(searcher: Searcher) -> None:
    for question, verification in PASTED:
        reply = await ask(searcher, question)
        assert reply.verification is verification, question
        assert bool(reply.diff) or verification is not Verification.NEAR, question


async def test_days_choose_articles(searcher: Searcher) -> None:
    assert (await ask(searcher, "what did Rutte say on 10 February")).answers[0].source == "harbour.txt"
    assert (await ask(searcher, "who mentioned frigates last week")).answers == ()


async def test_who_did_not(searcher: Searcher) -> None:
    reply = await ask(searcher, "who did not mention frigates")
    assert set(reply.sections[0].lines) == {"Mark Rutte", "Mette Frederiksen"}


async def test_everything_shown_is_a_slice_of_its_article(searcher: Searcher, db: Database) -> None:
    for question in ("who mentioned frigates", "how much does the programme cost", "greenland agenda"):
        reply = await ask(searcher, question)
        for answer in (*reply.answers, *reply.narration):
            stored = await articles.get(db, "W1", answer.article_id)
            assert stored is not None
            assert answer.text == " […] ".join(s.of(stored.article.text) for s in answer.spans)
            assert answer.context in stored.article.text
            assert len(answer.context) <= 600


async def test_a_number_is_found(searcher: Searcher) -> None:
    reply = await ask(searcher, "how much does the programme cost")
    assert "$40 billion" in reply.answers[0].text


async def test_another_workspace_sees_nothing(searcher: Searcher) -> None:
    reply = await searcher.answer(Asker("W2"), "who mentioned frigates")
    assert reply.answers == ()
    assert reply.headline.key == "search.empty_corpus"


async def test_what_is_removed_is_not_found_and_what_comes_back_is(searcher: Searcher, db: Database) -> None:
    found = await ask(searcher, "who mentioned frigates")
    await articles.remove(db, "W1", found.answers[0].article_id)
    assert (await ask(searcher, "who mentioned frigates")).answers == ()
    await articles.save(db, "W1", *corpus()[1])
    assert first(await ask(searcher, "who mentioned frigates"))[0] == "Ib Poulsen"


ODD = [
    "", " ", "???", "AT&T", "U.S.", "C++", '"', "*", "NEAR(", "a:b", "--", "\x00", "who mentioned \x00", "%",
    "שלום עולם", "🙂🙂",
    "the of and", "who mentioned", "quotes", "verify", 'verify ""', "a AND b OR NOT c", "_",
    "'; DROP TABLE passages; --", "x" * 4_000, "word " * 600, "“", "who said", "did", "\u202eevil", "(((",
    "1:2 3~4 5@6", 'quotes by "',
]  # fmt: skip


async def test_odd_input_gets_a_sensible_answer(searcher: Searcher) -> None:
    for question in ODD:
        reply = await ask(searcher, question)
        assert reply.headline.key, question
        assert reply.question == question


async def test_an_office_that_an_article_gives_without_a_name_is_its_holders(db: Database) -> None:
    text = "Berlin’s row goes on. Norway’s prime minister acknowledged strains in the fishing talks.\n"
    start = text.index("strains")
    speaker = Person("Norway’s prime minister", EntityKind.ANONYMOUS)
    said = Quotation(
        QuotationKind.INDIRECT,
        (Span(start, len(text) - 2),),
        Span(text.index("Norway"), len(text) - 1),
        speaker=speaker.name,
        speaker_kind=speaker.kind,
    )
    article = Article("fish", text, "hash", datetime(2026, 2, 1, tzinfo=UTC))
    await articles.save(db, "W9", article, Findings(quotations=(said,), people=(speaker,)))
    known = Reference(
        people=(Person("Kari Moe", roles=("Norwegian prime minister",)),),
        terms=(Term("Norway", EntityKind.PLACE, demonyms=("Norwegian",)),),
    )
    for question in ("what did Moe say about the talks", "what did Norways prime minister acknowledge"):
        reply = await Searcher(db, known).answer(Asker("W9"), question)
        assert [a.speaker for a in reply.answers] == [speaker.name], question


async def test_what_only_stands_for_the_word_elsewhere_does_not_come_near(searcher: Searcher) -> None:
    assert (await ask(searcher, "what did Xi Jinping say about Taiwan")).nearest == ()


async def test_of_attributions_within_one_another_the_innermost_is_verified(db: Database) -> None:
    text = "Observers said Ann Berg argued that “the bridge stays shut”.\n"
    outer, inner = Span(15, len(text) - 2), Span(text.index("that"), len(text) - 2)
    sentence = Span(0, len(text) - 1)
    said = (
        Quotation(QuotationKind.MIXED, (outer,), sentence, speaker="observers"),
        Quotation(QuotationKind.MIXED, (inner,), sentence, speaker="Ann Berg"),
    )
    article = Article("bridge", text, "hash", datetime(2026, 2, 1, tzinfo=UTC))
    await articles.save(db, "W9", article, Findings(quotations=said))
    reply = await Searcher(db, Reference()).answer(Asker("W9"), 'verify "the bridge stays shut"')
    assert (reply.verification, reply.answers[0].speaker) == (Verification.VERBATIM, "Ann Berg")


async def test_named_people_come_before_groups_and_paid_articles_last(db: Database) -> None:
    lines = (
        "Critics said the tunnel leaks.",
        "Eva Lund said the tunnel is safe.",
        "Tunn AG said the tunnel sells.",
    )
    for n, (line, speaker, kind, paid) in enumerate(
        zip(
            lines,
            ("critics", "Eva Lund", "Tunn AG"),
            (EntityKind.GROUP, EntityKind.PERSON, EntityKind.INSTITUTION),
            (False, False, True),
            strict=True,
        )
    ):
        whole = Span(0, len(line))
        said = Quotation(
            QuotationKind.INDIRECT, (Span(line.index("the tunnel"), len(line) - 1),), whole,
            speaker=speaker, speaker_kind=kind,
        )  # fmt: skip
        flags = (Flag(FlagKind.SPONSORED, whole),) if paid else ()
        article = Article(f"t{n}", line, f"hash{n}", datetime(2026, 2, 1 + n, tzinfo=UTC), flags=flags)
        await articles.save(db, "W9", article, Findings(quotations=(said,), people=(Person(speaker, kind),)))
    reply = await Searcher(db, Reference()).answer(Asker("W9"), "who mentioned the tunnel")
    assert [a.speaker for a in reply.answers] == ["Eva Lund", "critics", "Tunn AG"]


async def test_a_remembered_stretch_that_looks_like_somebody_and_a_verb_is_found(searcher: Searcher) -> None:
    found = await ask(searcher, "the prime minister to suggest ice melts faster")
    assert [a.text for a in found.answers] == ["ice melts faster than treaties"]
    assert not (await ask(searcher, "Rutte suggests that all the ice melts faster")).answers
