"""Bytes → Article: text, title, date, masks, flags, reprints."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from typing import cast

from bot.clean import text as _text
from bot.clean.decoding import decode
from bot.clean.language import language
from bot.clean.page import Page
from bot.errors import SourceError
from bot.models import Article, Raw

__all__ = ["clean"]


def clean(raw: Raw) -> Article:
    """Return the article that these bytes hold; its text is never changed, what is no report is masked.

    The text of a txt or md file is the decoded file; of a page, a PDF or a message, what was extracted
    from it. What a source says of itself in meta tags or its head goes before what the rules read in its
    text, and both before what came along with the bytes, unless that describes the article. Raises
    SourceError when no text is found.
    """
    page = _reader(raw.media)(raw)
    page = _described(page, raw) if raw.described else page
    if not page.text.strip():
        raise SourceError(raw.source, "is empty")
    reading = _text.read(page.text)
    return Article(
        source=raw.source,
        text=page.text,
        content_hash=hashlib.sha256(page.text.encode("utf-8", "surrogatepass")).hexdigest(),
        fetched=raw.fetched,
        media=raw.media,
        url=page.url or raw.url,
        title=page.title or reading.title or raw.title,
        publisher=page.publisher or reading.publisher or raw.publisher,
        authors=page.authors or reading.authors or raw.authors,
        published=page.published or reading.published or raw.published,
        language=language(page.text),
        headings=reading.headings,
        masks=reading.masks,
        flags=reading.flags,
        notes=page.notes,
    )


def _described(page: Page, raw: Raw) -> Page:
    return replace(
        page,
        url=raw.url or page.url,
        title=raw.title or page.title,
        publisher=raw.publisher or page.publisher,
        authors=raw.authors or page.authors,
        published=raw.published or page.published,
    )


def _plain(raw: Raw) -> Page:
    decoded = decode(raw.data, raw.encoding)
    return Page(decoded.text, notes=decoded.notes)


def _reader(media: str) -> Callable[[Raw], Page]:
    """Return what reads this kind; its libraries are loaded when the first source of the kind comes."""
    module = _READERS.get(media)
    return cast("Callable[[Raw], Page]", import_module(module).read) if module else _plain


_READERS = {
    "text/html": "bot.clean.html",
    "application/pdf": "bot.clean.pdf",
    "message/rfc822": "bot.clean.mail",
}
