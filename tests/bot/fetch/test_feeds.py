"""Feeds are read item by item, and a hostile one costs nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import seeds
from bot.clean import clean
from bot.errors import SourceError
from bot.fetch import feeds

LONG = "<p>" + "The minister opened the harbour on Monday and praised the builders for it. " * 10 + "</p>"
RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Fjord Herald</title>{items}</channel></rss>"""


def _rss(*items: str) -> bytes:
    return RSS.format(items="".join(f"<item>{item}</item>" for item in items)).encode()


def test_our_own_feed_carries_one_article_and_two_links() -> None:
    data = (Path(seeds.__file__).parent / "feeds" / "munich.xml").read_bytes()
    feed = feeds.parse("munich.xml", data)
    assert feed.title == "The Harbour Post: Security"
    assert [item.published for item in feed.items] == [
        date(2026, 2, 15),
        date(2026, 2, 14),
        date(2026, 2, 11),
    ]
    whole = [feeds.article(item, feed, "munich.xml") for item in feed.items]
    assert [bool(raw) for raw in whole] == [True, False, False]
    assert whole[0] is not None
    article = clean(whole[0])
    assert article.title == "Nuclear neighbours: London and Paris talk about deterrence"
    assert article.authors == ("Ingrid Solheim",)
    assert article.published == date(2026, 2, 15)
    assert "“Nobody is drawing up a list of targets,”" in article.text


def test_atom_is_read_too() -> None:
    data = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Herald</title><entry><title>Ships</title>
    <id>tag:1</id><link href="https://herald.example/1"/><updated>2026-03-02T23:30:00-05:00</updated>
    <author><name>Ada Brook</name></author><summary>Short.</summary></entry></feed>"""
    (item,) = feeds.parse("a", data).items
    assert (item.link, item.title) == ("https://herald.example/1", "Ships")
    assert (item.published, item.authors, item.key) == (date(2026, 3, 2), ("Ada Brook",), "tag:1")


def test_the_date_is_the_local_one_that_the_feed_prints() -> None:
    (item,) = feeds.parse(
        "a", _rss("<title>A</title><pubDate>Sun, 15 Feb 2026 23:30:00 -0800</pubDate>")
    ).items
    assert item.published == date(2026, 2, 15)


def test_a_link_that_is_no_web_address_is_dropped() -> None:
    (item,) = feeds.parse("a", _rss("<title>A</title><link>javascript:alert(1)</link>")).items
    assert item.link is None


def test_a_title_with_markup_becomes_words() -> None:
    (item,) = feeds.parse("a", _rss("<title>&lt;b&gt;Ships&lt;/b&gt; &amp;amp; men</title>")).items
    assert item.title is not None and "<" not in item.title


def test_a_broken_feed_gives_what_is_readable() -> None:
    feed = feeds.parse("a", _rss("<title>A</title>", "<title>B</title>")[:-20])
    assert [item.title for item in feed.items] == ["A", "B"]


def test_of_100_000_items_the_first_500_are_read() -> None:
    feed = feeds.parse("a", _rss(*(f"<title>{n}</title>" for n in range(100_000))))
    assert len(feed.items) == feeds.ITEMS
    assert feed.items[-1].title == "499"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b'<!DOCTYPE rss [<!ENTITY a "x">]><rss><channel><title>&a;</title></channel></rss>', "entities"),
        (b"<rss>" + b"<a>" * 200_000, "deeper than 256"),
        (_rss("<title>A</title><description>" + "<div>" * 300 + "</description>"), "deeper than 256"),
        ('<rss><!ENTITY a "x"></rss>'.encode("utf-16"), "entities"),
        (b"just words", "no feed"),
        (b"", "no feed"),
        (b"<rss>" + b"<![CDATA[" * 100_000, "no feed"),
    ],
)
def test_a_hostile_feed_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        feeds.parse("a", data)


def test_deep_markup_inside_a_text_does_not_reach_the_parser() -> None:
    feed = feeds.parse(
        "a", _rss(f"<title>A</title><description><![CDATA[{'<div>' * 200_000}]]></description>")
    )
    assert feed.items[0].title == "A"


@pytest.mark.parametrize(
    ("data", "fits"),
    [
        (b'<?xml version="1.0"?>\n<rss version="2.0">', True),
        (b'<feed xmlns="http://www.w3.org/2005/Atom">', True),
        (b"<rdf:RDF >", True),
        (b"<!DOCTYPE html><html><body><rss>", False),
        (b"Words about <feeding> cats", False),
    ],
)
def test_a_feed_is_known_by_its_first_tag(data: bytes, fits: bool) -> None:
    assert feeds.is_feed(data) is fits
