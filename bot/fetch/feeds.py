"""RSS and Atom → items. Feeds are untrusted XML: a pre-pass stands in front of feedparser.

No entities, no tags nested deeper than 256, the first 500 items: feedparser alone spends seconds on a
megabyte of nested tags and minutes of work on a feed of 100,000 items.
"""

from __future__ import annotations

import hashlib
import io
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from html import escape
from typing import Any

import feedparser

from bot.errors import SourceError
from bot.models import Raw

ITEMS = 500
DEPTH = 256
MEDIA = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml", "text/xml"}
)
_CONTENT, _SUMMARY = 300, 1000  # characters from which an element is the article and no teaser
_ROOT = re.compile(rb"<(rss|feed|rdf:RDF)[\s>]", re.I)
_CLOSERS = {b"rss": b"</channel></rss>", b"feed": b"</feed>", b"rdf:rdf": b"</rdf:RDF>"}
_ITEM_END = re.compile(rb"</(?:item|entry)\s*>", re.I)
_TAG = re.compile(rb"<(/?)(?!(?:br|img|hr|input|meta|link|wbr|source|col|embed)\b)[A-Za-z_][^<>]*>", re.I)
_TAGS = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class Item:
    """One entry: where its page is, what the feed says of it, its text where the feed carries it in full."""

    link: str | None
    title: str | None
    published: date | None
    updated: str | None
    authors: tuple[str, ...]
    content: str | None
    key: str

    @property
    def mark(self) -> str:
        """What tells this state of the item from others: its link, and what the feed says of it."""
        said = f"{self.title}\n{self.published}\n{self.updated}"
        return f"{self.link or self.key} {hashlib.sha256(said.encode()).hexdigest()[:12]}"


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed's title and its items, newest first as the feed has them, at most ITEMS."""

    title: str | None
    items: tuple[Item, ...]


def is_feed(data: bytes) -> bool:
    """Say whether these bytes open like a feed."""
    return bool(_ROOT.search(data[:2000])) and b"<html" not in data[:2000].lower()


def parse(source: str, data: bytes) -> Feed:
    """Return the feed in `data`; raises SourceError under the name of `source`."""
    parsed = feedparser.parse(
        io.BytesIO(_defused(source, data)), sanitize_html=False, resolve_relative_uris=False
    )
    if not parsed.entries and not parsed.feed.get("title"):
        raise SourceError(source, "is no feed that can be read")
    return Feed(_line(parsed.feed.get("title")), tuple(_item(entry) for entry in parsed.entries[:ITEMS]))


def article(item: Item, feed: Feed, source: str) -> Raw | None:
    """Return the item as a page of its own when the feed carries its text in full, None otherwise."""
    if item.content is None:
        return None
    body = item.content if "<p" in item.content else f"<p>{item.content}</p>"
    page = f"<html><body><article><h1>{escape(item.title or '')}</h1>{body}</article></body></html>"
    return Raw(
        source=item.link or f"{source}#{item.key}",
        data=page.encode("utf-8", "replace"),
        media="text/html",
        fetched=datetime.now(UTC),
        url=item.link,
        title=item.title,
        publisher=feed.title,
        authors=item.authors,
        published=item.published,
        item=item.mark,
    )


def _defused(source: str, data: bytes) -> bytes:
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        text = data.decode("utf-16", "replace")
        data = re.sub(r"^\s*<\?xml[^>]*\?>", "", text).encode("utf-8", "replace")
    if b"<!ENTITY" in data.upper():
        raise SourceError(source, "defines entities, which no feed needs; it is not read")
    bare = _without(_without(data, b"<![CDATA[", b"]]>"), b"<!--", b"-->")
    depth = 0
    for tag in _TAG.finditer(bare):
        if not tag.group().endswith(b"/>"):
            depth = max(0, depth - 1) if tag.group(1) else depth + 1
        if depth > DEPTH:
            raise SourceError(source, f"nests tags deeper than {DEPTH}; it is not read")
    return _first_items(data)


def _without(data: bytes, opening: bytes, closing: bytes) -> bytes:
    first, *rest = data.split(opening)
    return b"".join([first, *(piece.partition(closing)[2] for piece in rest)])


def _first_items(data: bytes) -> bytes:
    root = _ROOT.search(data[:2000])
    for count, end in enumerate(_ITEM_END.finditer(data), 1):
        if count == ITEMS and root:
            return data[: end.end()] + _CLOSERS[root.group(1).lower()]
    return data


def _item(entry: Any) -> Item:
    link = _line(entry.get("link"))
    contents = [(c.get("value"), _CONTENT) for c in entry.get("content", ())]
    contents.append((entry.get("summary"), _SUMMARY))
    full = (text for text, least in contents if text and len(_TAGS.sub("", text)) >= least)
    return Item(
        link=link if link and link.startswith(("http://", "https://")) else None,
        title=_line(_TAGS.sub("", entry.get("title") or "")),
        published=_date(entry.get("published") or entry.get("updated") or ""),
        updated=_line(entry.get("updated") if "updated" in entry else None),
        authors=tuple(name for a in entry.get("authors", ()) if (name := _line(a.get("name")))),
        content=next(full, None),
        key=_line(entry.get("id")) or link or _line(entry.get("title")) or "item",
    )


def _line(text: object) -> str | None:
    return " ".join(text.split()) or None if isinstance(text, str) else None


def _date(text: str) -> date | None:
    """Return the local date as the feed prints it."""
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(text).date()
    except (ValueError, TypeError, IndexError):
        return None
