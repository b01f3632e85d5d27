"""The inspect page: every finding marked, labelled and explained, on one page without network."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import unescape
from html.parser import HTMLParser
from io import StringIO

from rich.console import Console

from bot.models import (
    Article,
    EntityKind,
    Fact,
    Findings,
    Mask,
    Mention,
    Quantity,
    Quotation,
    QuotationKind,
    Span,
)
from bot.render._marks import lines, marks
from bot.render.inspect import page
from bot.render.inspect_text import drawing

TEXT = """Harbour <b>news</b>

Anna Lind said the port will cost "40 million & more".
Oslo waits.
Share this page
"""


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


ARTICLE = Article(
    "/somewhere/harbour.txt",
    TEXT,
    "abc123",
    datetime(2026, 2, 14, tzinfo=UTC),
    title="Harbour <b>news</b>",
    headings=(span("Harbour <b>news</b>"),),
    masks=(Mask(span("Share this page"), "share"),),
)
FINDINGS = Findings(
    quotations=(
        Quotation(
            QuotationKind.MIXED,
            (span('the port will cost "40 million & more"'),),
            span('Anna Lind said the port will cost "40 million & more".'),
            cue=span("said"),
            cue_lemma="say",
            speaker_span=span("Anna Lind"),
            speaker="Anna Lind",
            role="harbour master",
            reason="clause under the cue",
            speaker_reason="subject",
        ),
    ),
    facts=(
        Fact(
            span('the port will cost "40 million & more"'),
            span("the port"),
            None,
            None,
            span("Anna Lind said"),
            quantities=(Quantity(span("40 million"), 40e6),),
            attributed_to="Anna Lind",
            reason="number",
        ),
    ),
    mentions=(Mention(span("Oslo"), EntityKind.PLACE, "Norway"),),
)


class Shown(HTMLParser):
    """Collects the words of the article element, labels left out."""

    def __init__(self) -> None:
        super().__init__()
        self.inside = self.label = False
        self.words: list[str] = []
        self.tags: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        self.inside |= tag == "article"
        self.label |= "tag" in (known.get("class") or "").split()
        self.links += [v for k, v in attrs if k in {"src", "href", "action"} and v]
        if tag == "a" and self.inside:
            self.tags.append(known.get("aria-label") or "")

    def handle_endtag(self, tag: str) -> None:
        self.inside &= tag != "article"
        if tag in {"a", "span"}:
            self.label = False

    def handle_data(self, data: str) -> None:
        if self.inside and not self.label:
            self.words.append(data)


def read(html: str) -> Shown:
    parser = Shown()
    parser.feed(html)
    return parser


def test_the_page_shows_the_article_word_for_word() -> None:
    shown = "".join(read(page(ARTICLE, FINDINGS, editable=False)).words).replace("\u2060", "")
    assert " ".join(shown.split()) == " ".join(TEXT.split())


def test_every_mark_carries_its_label_and_reason() -> None:
    tags = read(page(ARTICLE, FINDINGS, editable=False)).tags
    assert "Q1: mixed quotation · speaker: Anna Lind · clause under the cue" in tags
    assert "Q1 speaker: speaker: Anna Lind, harbour master · subject" in tags
    assert "F1: number · asserted · according to Anna Lind" in tags
    assert any(tag.startswith("left out: share") for tag in tags)


def test_the_page_needs_no_network() -> None:
    html = page(ARTICLE, FINDINGS, editable=True)
    assert all(link.startswith("#") or link == "corrections" for link in read(html).links)
    assert not re.search(r"https?://|url\(|@import", html)


def test_markup_in_an_article_stays_text() -> None:
    html = page(ARTICLE, FINDINGS, editable=True)
    assert "<b>news" not in html
    assert "Harbour &lt;b&gt;news" in html


def test_corrections_are_offered_only_where_they_can_be_made() -> None:
    assert "<form" not in page(ARTICLE, FINDINGS, editable=False)
    editable = page(ARTICLE, FINDINGS, editable=True, action="/inspect/7/corrections", token="t<k")
    assert 'action="/inspect/7/corrections"' in editable
    assert 'value="abc123"' in editable
    assert "t&lt;k" in editable


def test_an_article_without_findings_says_so() -> None:
    html = unescape(page(ARTICLE, Findings(), editable=False))
    assert "None: nobody is quoted here." in html
    assert "None: nothing here can be checked against a record." in html


def test_the_pieces_of_a_line_make_up_the_line() -> None:
    found = marks(ARTICLE, FINDINGS)
    drawn = ["".join(piece.text for piece in line.pieces) for line in lines(ARTICLE, found)]
    assert drawn == [line for line in TEXT.split("\n") if line.strip()]


def test_the_terminal_shows_the_same_labels() -> None:
    console = Console(width=160, record=True, file=StringIO())
    console.print(drawing(ARTICLE, FINDINGS))
    shown = console.export_text()
    assert '[Q1 speaker] Anna Lind [Q1 cue] said [Q1] [F1] the port will cost "40 million & more".' in shown
    assert "[left out: share] Share this page" in shown
