"""What an article is a copy of: candidates from the store, compared in full by cleaning's rule."""

from __future__ import annotations

import asyncio
from collections.abc import Set

from bot.store.reprints import Candidates, Copies


async def copies(found: Set[int], known: Candidates) -> Copies:
    """Return how an article with these shingles stands to those that are stored already."""
    if not known.articles:
        return Copies(found)
    return await asyncio.to_thread(_compared, found, known)


def _compared(found: Set[int], known: Candidates) -> Copies:
    from bot.clean.reprints import COPY, containment, shingles  # noqa: PLC0415  slow to load, seldom needed

    original, inside = None, []
    for one in known.articles:
        theirs = shingles(one.article.text, one.article.masks)
        holds_theirs = containment(theirs, found) >= COPY
        earlier = known.own is not None and known.own < one.id
        if containment(found, theirs) >= COPY and not (earlier and holds_theirs):
            original = original or one.id
        elif holds_theirs:
            inside.append(one.id)
    return Copies(found, original, () if original else tuple(inside))
