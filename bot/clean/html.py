"""Web page → main text and what its meta tags say. trafilatura reads the page; the rules for text follow."""

from __future__ import annotations

import re
from datetime import date
from itertools import islice

import trafilatura
from trafilatura.settings import Document

from bot.clean.decoding import decode
from bot.clean.page import Page, line
from bot.errors import SourceError
from bot.models import Raw

_LEAST_WORDS = 10
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([\w.:-]{2,40})""", re.I)
_HEAD = 4096
TAGS = 50_000
_INLINE_TAGS = 2_000
_TAG = re.compile(r"</?[a-zA-Z]")
_INLINE = re.compile(
    r"</?(?:b|i|u|s|q|em|strong|span|font|small|big|sub|sup|mark|code|tt|abbr|cite|del|ins|var|kbd)\b[^<>]*>",
    re.I,
)


def read(raw: Raw) -> Page:
    """Return the main text of a page with the headline on top; raises SourceError when it has none."""
    decoded = decode(raw.data, raw.encoding or _declared_encoding(raw.data))
    if _more_than(TAGS, _TAG, decoded.text):
        raise SourceError(raw.source, f"is a page of more than {TAGS:,} tags; no article needs so many")
    page = main_text(decoded.text, raw.url, decoded.notes)
    if page is None:
        raise SourceError(raw.source, "no article text was found on the page")
    return page


def main_text(html: str, url: str | None, notes: tuple[str, ...] = ()) -> Page | None:
    """Return the main text of `html`, None when there is none to be found.

    `favor_precision` leaves out more of what stands around a report (F .957 over 181 pages). Tags of
    emphasis are dropped where there are thousands: trafilatura's time grows with their square.
    """
    if _more_than(_INLINE_TAGS, _INLINE, html):
        html = _INLINE.sub("", html)
    document = trafilatura.bare_extraction(
        html, url=url, favor_precision=True, include_comments=False, include_tables=False, with_metadata=True
    )
    if not isinstance(document, Document) or len((document.text or "").split()) < _LEAST_WORDS:
        return None
    title = line(document.title)
    text = document.text or ""
    if title and title not in text[: len(title) + 400]:
        text = f"{title}\n\n{text}"
    return Page(
        text=text,
        title=title,
        publisher=line(document.sitename) if document.sitename != document.hostname else None,
        authors=tuple(a.strip() for a in (document.author or "").split(";") if a.strip()),
        published=_date(document.date),
        url=document.url or url,
        notes=notes,
    )


def _more_than(most: int, pattern: re.Pattern[str], html: str) -> bool:
    return next(islice(pattern.finditer(html), most, None), None) is not None


def _declared_encoding(data: bytes) -> str | None:
    match = _CHARSET.search(data[:_HEAD])
    return match.group(1).decode("ascii") if match else None


def _date(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None
