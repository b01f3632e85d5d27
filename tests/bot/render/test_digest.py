"""A digest's messages keep within Slack's limits whatever the articles hold."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.models import Answer, Digest, Disagreement, Phrase, QuotationKind, Span, Theme, ThemeState
from bot.render import blocks
from bot.render import digest as words
from bot.render import edition as drawing
from bot.render.lines import Reader
from bot.render.validate import faults

DAY = date(2026, 2, 14)
LONG = "Never <!channel> *again* & <@U1> " * 150


def answer(kind: str = "quote") -> Answer:
    return Answer(
        kind=kind,
        text=LONG,
        spans=(Span(0, len(LONG)),),
        article_id=1,
        source="a.txt",
        score=1.0,
        speaker="Ada " * 90,
        role="mayor " * 80,
        cue="said",
        quotation_kind=QuotationKind.DIRECT,
        url="https://example.org/" + "a" * 2_000,
        title=LONG,
        publisher=LONG,
        fetched=datetime(2026, 2, 14, tzinfo=UTC),
        sponsored=True,
        also_in=(LONG,) * 9,
    )


def theme(number: int) -> Theme:
    return Theme(
        title=f"{number} {LONG}", key=("a",), state=ThemeState.RISING, articles=3, quotations=9,
        counts=(3,) * 15, score=1.0, quotes=(answer(),) * 3, facts=(answer("fact"),) * 2,
        disagreement=Disagreement(answer(), answer(), LONG, "rejected"), new_voices=("Somebody " * 9,) * 300,
    )  # fmt: skip


@pytest.mark.parametrize("shown", [1, 5, 8])
def test_the_longest_texts_pass_the_validator(shown: int) -> None:
    found = Digest(DAY, DAY, tuple(theme(n) for n in range(16)), 9, 1, 1, 1, 3, 40)
    marks = (Phrase("digest.late", {"due": datetime(2026, 2, 14, tzinfo=UTC)}),)
    messages = [
        drawing.parent(found, Reader(), shown, marks),
        *(drawing.message(t, Reader()) for t in found.themes),
    ]
    for text, drawn in messages:
        assert faults("message", drawn, text) == []
        assert blocks.length(drawn) <= blocks.MOST_TEXT
        assert "<!channel>" not in text
        assert "<@U1>" not in str(text)


def test_a_quiet_day_says_why() -> None:
    found = Digest(DAY, DAY, skip=Phrase("digest.no_articles", {"first": DAY, "last": DAY}))
    assert words.reply(found, "themes", Reader()).headline.key == "digest.no_articles"


@pytest.mark.parametrize(("before", "key"), [(0, "digest.why_new"), (3, "digest.why_before")])
def test_why_now_is_a_count(before: int, key: str) -> None:
    shown = Theme("a", ("a",), ThemeState.NEW if not before else ThemeState.STEADY, 1, 2, (before, 2), 1.0)
    assert words.why(shown).key == key
