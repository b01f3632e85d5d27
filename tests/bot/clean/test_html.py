"""Web pages: the report without the page around it, and hostile pages without harm."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from bot.clean import html
from bot.errors import SourceError
from bot.models import Article, FlagKind

Cleaned = Callable[..., Article]
REPORT = [
    "The minister opened the harbour on Monday and praised the builders for their speed and patience.",
    "The builders said that they had worked at night and on Sundays for two years without a holiday.",
    "“It was cold,” one of the builders said, “and still we sang every night until the lamps went out.”",
]
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in REPORT)


def _page(body: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


def test_what_stands_around_a_report_is_left_behind(cleaned: Cleaned) -> None:
    around = (
        "<nav><a href='/'>Home</a> <a href='/news'>News</a></nav><div class='cookie'>We use cookies.</div>"
    )
    below = (
        "<footer>© 2026 Fjord Media</footer><aside><h3>Most read</h3><ul><li>Ships at last</li></ul></aside>"
    )
    text = cleaned(_page(f"{around}<article><h1>Harbour opens</h1>{BODY}</article>{below}"), "text/html").text
    assert all(paragraph in text for paragraph in REPORT)
    assert not any(word in text for word in ("Home", "cookies", "Fjord Media", "Ships at last"))


def test_meta_tags_tell_title_author_day_paper_and_address(cleaned: Cleaned) -> None:
    head = """<title>Harbour opens | Fjord Herald</title><meta property="og:site_name" content="Fjord Herald">
    <meta property="og:title" content="Harbour opens"><meta name="author" content="Ada Brook">
    <meta property="article:published_time" content="2026-03-12T09:00:00+01:00">
    <link rel="canonical" href="https://fjord.example/harbour">"""
    article = cleaned(
        _page(f"<article>{BODY}</article>", head), "text/html", url="https://fjord.example/x?id=1"
    )
    assert (article.title, article.publisher, article.authors) == (
        "Harbour opens",
        "Fjord Herald",
        ("Ada Brook",),
    )
    assert (article.published, article.url) == (date(2026, 3, 12), "https://fjord.example/harbour")


def test_the_headline_stands_on_top_of_the_text(cleaned: Cleaned) -> None:
    article = cleaned(_page(f"<article>{BODY}</article>", "<title>Harbour opens again</title>"), "text/html")
    assert article.text.startswith("Harbour opens again")
    assert article.headings[0].of(article.text) == "Harbour opens again"


def test_the_rules_for_text_judge_what_was_extracted(cleaned: Cleaned) -> None:
    notice = "<p>IMPORTANT NOTICE</p><p>This article is sponsored content. Nobody checked its claims.</p>"
    article = cleaned(_page(f"<article><h1>Harbour opens</h1>{BODY}{notice}</article>"), "text/html")
    assert [flag.kind for flag in article.flags] == [FlagKind.SPONSORED]
    assert [mask.rule for mask in article.masks] == ["notice", "notice"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1", "windows-1252"])
def test_the_encoding_that_a_page_declares_is_used(cleaned: Cleaned, encoding: str) -> None:
    body = BODY.replace("harbour", "Häfen").replace("“", "'").replace("”", "'")
    page = _page(f"<article>{body}</article>", f'<meta charset="{encoding}">')
    assert "Häfen" in cleaned(page.encode(encoding), "text/html").text


@pytest.mark.parametrize(
    "page",
    [
        _page("<div>" * 200_000 + BODY),
        _page("<b>x</b>" * 100_000),
        _page("<br>" * 1_000_000),
        _page("<script>" + "x" * 1_000_000 + "</script>"),
        "<!--" * 100_000,
        "<" * 1_000_000,
        "<html><body>\x00</body></html>",
        '<!DOCTYPE html [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><html>&b;</html>',
    ],
    ids=["deep", "bold", "breaks", "script", "comments", "brackets", "zero byte", "entities"],
)
def test_a_hostile_page_is_refused_with_a_reason(cleaned: Cleaned, page: str) -> None:
    with pytest.raises(SourceError, match=r"no article text|tags"):
        cleaned(page, "text/html")


def test_thousands_of_words_in_bold_cost_no_more_than_plain_ones(cleaned: Cleaned) -> None:
    words = " ".join(f"<b>word{n}</b>" for n in range(html.TAGS // 2 - 100))
    text = cleaned(_page(f"<article>{BODY}<p>{words}.</p></article>"), "text/html").text
    assert "word7 word8" in text and REPORT[0] in text
