"""Short ways to clean a text and to look at what was left out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from bot.clean import clean
from bot.models import Article, Raw

DAY = datetime(2026, 2, 14, tzinfo=UTC)


@pytest.fixture
def cleaned() -> Callable[..., Article]:
    """Return a function that cleans a text (or bytes) as a file of the given kind."""

    def run(content: str | bytes, media: str = "text/plain", **known: object) -> Article:
        data = content.encode() if isinstance(content, str) else content
        return clean(Raw("a.txt", data, media, DAY, **known))  # type: ignore[arg-type]

    return run
