"""A small corpus of our own, asked through the real search over a real database."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime

import pytest

from bot import reference
from bot.models import (
    Article,
    Asker,
    EntityKind,
    Findings,
    Person,
    Polarity,
    Quotation,
    QuotationKind,
    Reply,
    Span,
)
from bot.search import Searcher
from bot.settings import Settings
from bot.store import Database, articles

NOW = datetime(2026, 2, 18, 9, tzinfo=UTC)
ASKER = Asker("W1")

HARBOUR = (
    "Harbour talks end without a deal.\n"
    "“The island is not for sale,” said Mette Frederiksen, the Danish prime minister. "
    "Ib Poulsen, a harbour master in Nuuk, warned that ice melts faster than treaties. "
    "NATO Secretary-General Mark Rutte rejected the claim that the alliance is divided. "
    "Reporters waited outside for six hours.\n"
)
CLAIM = "the claim that the alliance is divided"
BUDGET = (
    "Budget week in Brussels.\n"
    "Mark Rutte said allies will spend 3.5 percent on defence by 2031. "
    "“We need twelve new frigates,” Ib Poulsen told a committee. "
    "The programme costs $40 billion, and Greenland was not on the agenda.\n"
)


def quoted(
    text: str,
    words: str,
    speaker: str,
    *,
    kind: str = "direct",
    polarity: str = "states",
    role: str | None = None,
) -> Quotation:
    """Return the quotation of `words` in `text` by `speaker`, whose sentence ends at the next full stop."""
    start = text.index(words)
    first = max(text.rfind(". ", 0, start) + 2, text.rfind("\n", 0, start) + 1)
    last = text.index(".", start + len(words) - 1) + 1
    return Quotation(
        QuotationKind(kind),
        (Span(start, start + len(words)),),
        Span(first, last),
        speaker=speaker,
        speaker_kind=EntityKind.PERSON,
        role=role,
        polarity=Polarity(polarity),
    )


def sentences(text: str) -> tuple[Span, ...]:
    """Return the sentences of `text` as ranges: lines cut at full stops."""
    found, start = [], 0
    for n, c in enumerate(text):
        if c == "\n" or (c in ".”" and text[n + 1 : n + 2] in {" ", "\n"} and text[n - 1] != ","):
            found.append(Span(start, n + (c != "\n")))
            start = n + 1
    return tuple(s for s in found if s.of(text).strip())


def article(source: str, text: str, published: date | None) -> Article:
    """Return an article of the test."""
    return Article(
        source, text, hashlib.sha256(text.encode()).hexdigest(), NOW, title=source, published=published
    )


def corpus() -> list[tuple[Article, Findings]]:
    """Return two articles with their findings."""
    frederiksen = Person("Mette Frederiksen", roles=("Danish prime minister",))
    poulsen = Person("Ib Poulsen", roles=("harbour master in Nuuk",))
    rutte = Person("Mark Rutte", roles=("NATO Secretary-General",))
    harbour = Findings(
        quotations=(
            quoted(HARBOUR, "The island is not for sale", "Mette Frederiksen", role="Danish prime minister"),
            quoted(HARBOUR, "ice melts faster than treaties", "Ib Poulsen", kind="indirect"),
            quoted(
                HARBOUR,
                "the claim that the alliance is divided",
                "Mark Rutte",
                kind="indirect",
                polarity="rejects",
            ),
        ),
        people=(frederiksen, poulsen, rutte),
        sentences=sentences(HARBOUR),
    )
    budget = Findings(
        quotations=(
            quoted(BUDGET, "allies will spend 3.5 percent on defence by 2031", "Mark Rutte", kind="indirect"),
            quoted(BUDGET, "We need twelve new frigates", "Ib Poulsen"),
        ),
        people=(poulsen, rutte),
        sentences=sentences(BUDGET),
    )
    return [
        (article("harbour.txt", HARBOUR, date(2026, 2, 10)), harbour),
        (article("budget.txt", BUDGET, date(2026, 2, 17)), budget),
    ]


@pytest.fixture
async def db(database: Database) -> Database:
    """The small corpus in workspace W1, once on SQLite and once on PostgreSQL."""
    for one, findings in corpus():
        await articles.save(database, "W1", one, findings)
    return database


@pytest.fixture
def searcher(db: Database) -> Searcher:
    """The search over the small corpus, on a Wednesday in February 2026."""
    chosen = Settings(_env_file=None)
    return Searcher(db, reference.load(chosen.people, chosen.terms), now=lambda: NOW)


async def ask(searcher: Searcher, question: str) -> Reply:
    """Return the reply to somebody of the workspace."""
    return await searcher.answer(ASKER, question)


def first(reply: Reply) -> tuple[str | None, str]:
    """Return who said the first answer, and its words."""
    assert reply.answers, reply.headline
    return reply.answers[0].speaker, reply.answers[0].text
