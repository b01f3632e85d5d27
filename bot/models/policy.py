"""What the admins of a workspace decide for all of it."""

from __future__ import annotations

from dataclasses import dataclass

RETENTION = (30, 90, 180, 365, 730)  # days that can be chosen; None keeps for ever


@dataclass(frozen=True, slots=True)
class Policy:
    """Who may add sources, how many days articles are kept (None: for ever), and whether users may report."""

    everyone_adds: bool = False
    retention: int | None = None
    feedback: bool = True
