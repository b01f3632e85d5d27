"""A small town's news: three articles of ours with what was found in them, saved in a workspace."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, date, datetime

from bot.models import Article, EntityKind, Findings, Mention, Quotation, QuotationKind, Span
from bot.store import Database, articles

ROLES = {"Ada Holm": "mayor of Nordby", "Per Lind": "harbour master", "Siri Vang": "fishing minister"}
HARBOUR = (
    "Harbour of Nordby stays public\n\n"
    "“The harbour belongs to the people who live beside it,” Ada Holm said.\n\n"
    "Per Lind said that the harbour could not pay for itself.\n\n"
    "The harbour was built in 1912.\n\n"
    "“No ship waits longer than a day in the harbour,” Per Lind said."
)
FERRY = (
    "Ferry to Sandvik twice a day\n\n"
    "“The ferry will sail in every weather,” Siri Vang said.\n\n"
    "“We need the harbour for the ferry,” Ada Holm said."
)
QUAY = "Quay walls\n\n" + "\n\n".join(
    f"“Number {n} of the harbour walls is cracked,” Per Lind said." for n in range(1, 13)
)
_DIRECT = re.compile(r"“([^”]+)” (\w+ \w+) said")
_REPORTED = re.compile(r"(\w+ \w+) said that ([^.]+)\.")


async def save(db: Database, workspace: str) -> None:
    """Save the three articles."""
    for number, text in enumerate((HARBOUR, FERRY, QUAY)):
        await articles.save(db, workspace, article(number, text), findings(text))


def article(number: int, text: str) -> Article:
    """Return the article around a text; its first line is the title."""
    return Article(
        source=f"/news/{number}.txt",
        text=text,
        content_hash=hashlib.sha256(text.encode()).hexdigest(),
        fetched=datetime(2026, 2, 14, 9, tzinfo=UTC),
        title=text.partition("\n")[0],
        publisher="The Nordby Post",
        published=date(2026, 2, 10 + number),
        url=f"https://news.example.org/{number}",
    )


def findings(text: str) -> Findings:
    """Return the quotations of a text that is written as ours are."""
    found = [_quotation(text, m.span(1), m.span(2), QuotationKind.DIRECT) for m in _DIRECT.finditer(text)]
    found += [
        _quotation(text, m.span(2), m.span(1), QuotationKind.INDIRECT) for m in _REPORTED.finditer(text)
    ]
    found.sort(key=lambda q: q.content[0])
    sentences = tuple(Span(*m.span()) for m in re.finditer(r"[^\n]+", text))
    mentions = tuple(
        Mention(Span(*m.span()), EntityKind.PLACE, "harbour", 0) for m in re.finditer("harbour", text)
    )
    return Findings(quotations=tuple(found), mentions=mentions, sentences=sentences)


def _quotation(text: str, content: tuple[int, int], who: tuple[int, int], kind: QuotationKind) -> Quotation:
    name = text[slice(*who)]
    cue = text.index("said", min(who[1], content[1]))
    return Quotation(
        kind=kind,
        content=(Span(*content),),
        sentence=Span(min(content[0], who[0]), max(content[1], who[1])),
        cue=Span(cue, cue + 4),
        cue_lemma="say",
        speaker_span=Span(*who),
        speaker=name,
        speaker_kind=EntityKind.PERSON,
        role=ROLES[name],
    )
