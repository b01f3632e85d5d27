"""The passage around a quotation."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.models import Article, Span
from bot.render import blocks, context, validate
from bot.render.lines import Reader
from bot.render.state import State

WORDS = "the harbour is not for sale"
TEXT = f"Nordby.\n\nMayor Ada Holm said that {WORDS}, and left.\n\n{'More was said. ' * 300}"


def article(text: str = TEXT, title: str = "Harbour") -> Article:
    """Return an article around the words."""
    return Article(
        source="a", text=text, content_hash="0", fetched=datetime(2026, 2, 14, tzinfo=UTC), title=title,
        published=date(2026, 2, 14),
    )  # fmt: skip


def test_the_words_are_bold_in_their_passage() -> None:
    start = TEXT.index(WORDS)
    runs = context.passage(TEXT, (Span(start, start + len(WORDS)),))
    assert [text for text, style in runs if style == "bold"] == [WORDS]
    assert "".join(text for text, _ in runs).startswith("Nordby.\n\nMayor Ada Holm said that the harbour")
    assert runs[-1][0].endswith("[…]")


def test_two_spans_are_both_marked() -> None:
    text = "“One,” she said. “Two.”"
    runs = context.passage(text, (Span(1, 4), Span(18, 21)))
    assert [t for t, style in runs if style] == ["One", "Two"]
    assert "".join(t for t, _ in runs) == text


@given(st.text(min_size=1, max_size=6_000), st.data())
def test_any_passage_is_a_view_that_slack_takes(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    place = context.Place(
        article(text, text), (Span(start, end),), text[:400], State(article=1, begin=2), State(article=1)
    )
    assert validate.view_faults(context.draw(place, Reader())) == []


def test_the_neighbours_are_a_click_away() -> None:
    place = context.Place(article(), (Span(0, 3),), earlier=State(article=1, kind="quote", begin=4))
    view = context.draw(place, Reader())
    assert [e["action_id"] for e in view["blocks"][-1]["elements"]] == ["context_earlier"]


def test_loading_and_errors_are_views_too() -> None:
    _, said = blocks.sentence("<!here> " * 900)
    for view in (context.loading(Reader()), context.message(said, Reader("de"))):
        assert validate.view_faults(view) == []
