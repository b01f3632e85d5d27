"""Whatever a person names → bytes: files, folders, globs, standard input, web pages and feeds in one line."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from itertools import groupby

from bot.errors import SourceError
from bot.fetch import files, web
from bot.fetch.addresses import Allowed
from bot.models import Raw

_Found = Raw | SourceError


def read(sources: Iterable[str], allowed: Allowed) -> Iterator[_Found]:
    """Yield what each source holds, or the error that names it, in the order of the sources.

    Web addresses are fetched in an event loop of this iterator's own, which therefore has to be read
    from a thread without a running one.
    """
    for is_address, some in groupby(sources, web.is_address):
        named = list(some)
        yield from _fetched(named, allowed) if is_address else files.read(named)


def count(sources: Sequence[str]) -> int | None:
    """Return about how many articles `read` will yield, None where that can't be told beforehand."""
    return None if any(map(web.is_address, sources)) else files.count(sources)


def _fetched(addresses: list[str], allowed: Allowed) -> Iterator[_Found]:
    with asyncio.Runner() as runner:
        found = web.read(addresses, allowed)
        while one := runner.run(_next(found)):
            yield one


async def _next(found: AsyncIterator[_Found]) -> _Found | None:
    return await anext(found, None)
