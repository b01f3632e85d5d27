"""Web addresses → bytes: a page, or a feed and the pages that it names."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from dataclasses import replace
from datetime import UTC, datetime

from bot.errors import SourceError
from bot.fetch import feeds, http, kinds
from bot.fetch.addresses import Allowed, checked
from bot.fetch.apart import Apart
from bot.fetch.http import Fetched
from bot.fetch.manners import PAUSE, Manners
from bot.models import Raw

_READABLE = {
    "text/html": "text/html",
    "application/xhtml+xml": "text/html",
    "application/pdf": "application/pdf",
    "text/plain": "text/plain",
    "text/markdown": "text/markdown",
    "text/x-markdown": "text/markdown",
}


def is_address(source: str) -> bool:
    """Say whether a source is a web address and no file."""
    return source.lower().startswith(("http://", "https://"))


async def read(
    addresses: Iterable[str], allowed: Allowed, *, pause: float = PAUSE
) -> AsyncIterator[Raw | SourceError]:
    """Yield the page of each address, or all articles of a feed, or the error that names what failed."""
    manners = Manners(allowed, pause)
    async with Apart() as apart:
        for address in addresses:
            try:
                found = await visit(address, allowed, apart)
            except SourceError as error:
                yield error
                continue
            if found is None:
                continue
            fetched, content = found
            if isinstance(content, Raw):
                yield content
                continue
            async for one in articles(content, fetched.url, allowed, manners):
                yield one


async def visit(
    address: str, allowed: Allowed, apart: Apart, *, etag: str | None = None, modified: str | None = None
) -> tuple[Fetched, Raw | feeds.Feed] | None:
    """Return the page or the feed at an address, with the marks to ask with next time.

    None when it is unchanged since `etag` or `modified`. Raises SourceError under the name of `address`.
    """
    fetched = await http.get(address, allowed, etag=etag, modified=modified)
    if fetched is None:
        return None
    try:
        if _is_feed(fetched):
            return fetched, await apart.run(address, feeds.parse, address, fetched.data)
        return fetched, page(fetched)
    except SourceError as error:
        raise SourceError(address, error.reason) from error


async def articles(
    feed: feeds.Feed, source: str, allowed: Allowed, manners: Manners
) -> AsyncIterator[Raw | SourceError]:
    """Yield the articles of a feed, from its text where that holds them, else politely from their pages."""
    for item in feed.items:
        whole = feeds.article(item, feed, source)
        if whole:
            yield whole
        elif item.link is None:
            yield SourceError(f"{source}#{item.key}", "has neither a text nor a link to its page")
        else:
            yield await _polite(item.link, item, feed, allowed, manners)


async def _polite(
    link: str, item: feeds.Item, feed: feeds.Feed, allowed: Allowed, manners: Manners
) -> Raw | SourceError:
    try:
        checked(link, allowed)
        if not await manners.permits(link):
            return SourceError(link, "asks programs not to read it (robots.txt)")
        await manners.turn(link)
        fetched = await http.get(link, allowed)
        if fetched is None:
            return SourceError(link, "answered that it is unchanged, though nobody asked")
        raw = page(fetched)
    except SourceError as error:
        return SourceError(link, error.reason, passing=error.passing)
    return replace(
        raw,
        item=item.mark,
        title=item.title,
        publisher=feed.title,
        authors=item.authors,
        published=item.published,
    )


def page(fetched: Fetched) -> Raw:
    """Return fetched bytes as an article's; raises SourceError for a kind that is not read."""
    media = _READABLE.get(fetched.media) if fetched.media else kinds.sniff(fetched.data)
    if media is None:
        raise SourceError(fetched.url, f"is of kind {fetched.media}, which is not read")
    fault = kinds.fault(fetched.data)
    if fault:
        raise SourceError(fetched.url, fault)
    if media == "text/plain":
        media = kinds.sniff(fetched.data)
    return Raw(
        source=fetched.url,
        data=fetched.data,
        media=media,
        fetched=datetime.now(UTC),
        url=fetched.url,
        encoding=fetched.encoding,
    )


def _is_feed(fetched: Fetched) -> bool:
    return fetched.media != "text/html" and feeds.is_feed(fetched.data)
