"""Here the stand-in itself is tested, so what it refuses is meant."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def everything_sent_is_valid() -> None:
    """Let refusals be."""
