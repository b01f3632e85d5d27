"""Bytes → Article: text, title, date, masks, flags, reprints."""

from __future__ import annotations

import hashlib

from bot.clean import html as _html
from bot.clean import text as _text
from bot.clean.decoding import decode
from bot.clean.language import language
from bot.errors import SourceError
from bot.models import Article, Raw

__all__ = ["clean"]


def clean(raw: Raw) -> Article:
    """Return the article that these bytes hold; its text is never changed, what is no report is masked.

    The text of a txt or md file is the decoded file; of a page, what was extracted from it. What a page
    says of itself in its meta tags goes before what the rules read in its text, and both before what
    came along with the bytes. Raises SourceError when no text is found.
    """
    is_page = raw.media == "text/html"
    decoded = decode(raw.data, raw.encoding or (_html.declared_encoding(raw.data) if is_page else None))
    page = _html.page(decoded.text, raw.url) if is_page else None
    if is_page and page is None:
        raise SourceError(raw.source, "no article text was found on the page")
    text = page.text if page else decoded.text
    if not text.strip():
        raise SourceError(raw.source, "is empty")
    reading = _text.read(text)
    return Article(
        source=raw.source,
        text=text,
        content_hash=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        fetched=raw.fetched,
        media=raw.media,
        url=(page.url if page else None) or raw.url,
        title=(page.title if page else None) or reading.title or raw.title,
        publisher=(page.publisher if page else None) or reading.publisher or raw.publisher,
        authors=(page.authors if page else ()) or reading.authors or raw.authors,
        published=(page.published if page else None) or reading.published or raw.published,
        language=language(text),
        headings=reading.headings,
        masks=reading.masks,
        flags=reading.flags,
        notes=decoded.notes,
    )
