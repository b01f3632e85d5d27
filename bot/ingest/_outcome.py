"""What comes of working on one source."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from bot.models import Article, Findings
from bot.store.passages import Indexed


@dataclass(frozen=True, slots=True)
class Found:
    """A cleaned article with its findings and what the index is to know; neither where it is known."""

    article: Article
    findings: Findings | None
    shingles: Set[int] = frozenset()
    indexed: Indexed | None = None


@dataclass(frozen=True, slots=True)
class Failed:
    """A source that could not be read, with the reason that the user is told."""

    source: str
    reason: str
