"""What an article is a copy of: candidates from the store, compared in full by cleaning's rule."""

from __future__ import annotations

import asyncio
from collections.abc import Set

from bot.models import Article
from bot.store import Database, StoredArticle, reprints
from bot.store.reprints import Copies


async def copies(db: Database, workspace: str, article: Article, found: Set[int]) -> Copies:
    """Return how an article stands to those that are stored already."""
    candidates = await reprints.candidates(db, workspace, article.source, found)
    if not candidates:
        return Copies(found)
    return await asyncio.to_thread(_compared, found, candidates)


def _compared(found: Set[int], candidates: list[StoredArticle]) -> Copies:
    from bot.clean.reprints import COPY, containment, shingles  # noqa: PLC0415  slow to load, seldom needed

    known = {c.id: shingles(c.article.text, c.article.masks) for c in candidates}
    original = next((i for i, theirs in known.items() if containment(found, theirs) >= COPY), None)
    inside = () if original else tuple(i for i, t in known.items() if containment(t, found) >= COPY)
    return Copies(found, original, inside)
