"""Cleaning as a whole: the text stays, masks lie in it, the fields are understood."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import seeds
from bot.clean import clean
from bot.errors import SourceError
from bot.fetch.files import read
from bot.models import Article, FlagKind, Raw

Cleaned = Callable[..., Article]
SHARED = Path(__file__).resolve().parents[4] / "shared" / "seeds"
LINES = st.sampled_from(
    [
        "Share this article", "Recommended", "IMPORTANT NOTICE", "By Ada Lovelace", "MUNICH — He came.",
        "“Peace,” she said, “is work.”", "The ministers met in Oslo on Friday and agreed on nothing.", "",
        "Why We Wrote This", "The Harbour Post", "# Talks", "12 Feb 2026", "\u200b", "Q: why?", "\x00",
        "- Subscribe", "---",
    ]
)  # fmt: skip


def _raw(text: str, media: str = "text/plain") -> Raw:
    return Raw("a.txt", text.encode("utf-8", "surrogatepass"), media, datetime(2026, 2, 14, tzinfo=UTC))


def _check(text: str, article: Article) -> None:
    assert article.text == text
    spans = [mask.span for mask in article.masks]
    assert spans == sorted(spans)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(one.end <= two.start for one, two in pairwise(spans))
    assert all(flag.span.of(text).strip() for flag in article.flags)
    assert all(heading.of(text).strip() for heading in article.headings)


@given(st.lists(LINES | st.text(max_size=60), max_size=25), st.sampled_from(["\n", "\n\n", "\r\n"]))
def test_cleaning_never_changes_a_text_and_masks_lie_within_it(lines: list[str], newline: str) -> None:
    text = newline.join(lines).encode("utf-8", "ignore").decode()
    if not text.strip("\ufeff").strip() or text.startswith("\ufeff"):
        return
    raw = _raw(text)
    _check(clean(raw).text, clean(raw))


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_newlines_stay_as_they_were_on_disk(cleaned: Cleaned, newline: str) -> None:
    text = newline.join(["A headline over it", "", "The first sentence of the report stands here alone.", ""])
    assert cleaned(text).text == text


@pytest.mark.skipif(not SHARED.is_dir(), reason="the five real articles are not here")
def test_the_real_articles_come_out_right() -> None:
    articles = {Path(r.source).name[:3]: clean(r) for r in read([str(SHARED)]) if isinstance(r, Raw)}
    rules = {key: [mask.rule for mask in a.masks] for key, a in articles.items()}
    assert articles["000"].publisher == "The New York Times"
    assert rules["001"] == ["repeated"] * 4
    assert rules["002"][0] == "recommended" and rules["002"][1] == "notice"
    assert [f.kind for f in articles["002"].flags] == [FlagKind.SPONSORED]
    assert rules["003"] == ["dateline"]
    assert rules["004"] == ["label", "label"]
    assert all(not flags for key, a in articles.items() if key != "002" for flags in [a.flags])


def test_our_own_reports_are_understood() -> None:
    folder = Path(seeds.__file__).parent / "articles"
    articles = {Path(r.source).stem: clean(r) for r in read([str(folder)]) if isinstance(r, Raw)}
    arctic, page = articles["2026-02-11-arctic-sentry"], articles["2026-02-14-rubio-munich"]
    assert (arctic.publisher, arctic.authors) == ("The Harbour Post", ("Ingrid Solheim",))
    assert (page.publisher, page.published) == ("The Harbour Post", date(2026, 2, 14))
    assert page.url == "https://harbourpost.example/2026/02/14/rubio-munich"
    assert "cookies" not in page.text and "Most read" not in page.text
    assert all(a.published and a.language == "en" for a in articles.values())
    flagged = {name: [f.kind for f in a.flags] for name, a in articles.items() if a.flags}
    assert flagged == {
        "2026-02-13-sponsored-sensors": [FlagKind.SPONSORED],
        "2026-02-15-opinion-stop-waiting": [FlagKind.OPINION],
    }


def test_a_page_without_an_article_says_so() -> None:
    with pytest.raises(SourceError, match="no article text"):
        clean(_raw("<html><body><nav>Home</nav></body></html>", "text/html"))
