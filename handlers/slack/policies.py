"""The workspaces' policies, remembered for a moment: every answer asks for them."""

from __future__ import annotations

import time

from bot.models import Policy
from bot.store import Database, policies

_KEEP = 10.0  # seconds until another process's change is seen
_MOST = 10_000


class Policies:
    """A small memory of policies, by workspace."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[float, Policy]] = {}

    async def of(self, db: Database, workspace: str) -> Policy:
        """Return the workspace's policy, at most ten seconds old."""
        known = self._known.get(workspace)
        if known and time.monotonic() - known[0] < _KEEP:
            return known[1]
        found = await policies.of(db, workspace)
        if len(self._known) >= _MOST:
            self._known.clear()
        self._known[workspace] = (time.monotonic(), found)
        return found

    def forget(self, workspace: str) -> None:
        """Let the next one who asks read it anew."""
        self._known.pop(workspace, None)
