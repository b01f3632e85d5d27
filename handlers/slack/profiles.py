"""The reader's time zone and language, asked of Slack once an hour; an answer never waits long for it."""

from __future__ import annotations

import asyncio
import logging
import time
from dataclasses import dataclass

import aiohttp
from slack_sdk.errors import SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

_KEEP = 3_600.0
_MOST = 10_000
BRIEF = 0.5  # seconds that an answer waits for it
PATIENT = 3.0  # seconds where it decides what somebody may do: an admin is not to be taken for none

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Profile:
    """What Slack says of a user; the defaults stand in when it doesn't say."""

    name: str = ""
    timezone: str = "UTC"
    locale: str = "en-US"
    is_admin: bool = False


class Profiles:
    """A small memory of profiles, by team and user."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], tuple[float, Profile]] = {}

    async def of(
        self, client: AsyncWebClient, team: str, user: str, *, fresh: bool = False, patience: float = BRIEF
    ) -> Profile:
        """Return the user's profile; the default one when Slack refuses, fails or is slow.

        With `fresh` Slack is asked now, and nothing remembered stands in for its answer.
        """
        known = None if fresh else self._known.get((team, user))
        if known and time.monotonic() - known[0] < _KEEP:
            return known[1]
        try:
            async with asyncio.timeout(patience):
                found = await _asked(client, user)
        except (SlackClientError, TimeoutError, aiohttp.ClientError, ValueError) as error:
            _log.info("no profile of a user: %s", type(error).__name__)
            return known[1] if known else Profile()
        if len(self._known) >= _MOST:
            self._known.clear()
        self._known[team, user] = (time.monotonic(), found)
        return found


async def _asked(client: AsyncWebClient, user: str) -> Profile:
    answer = await client.users_info(user=user, include_locale=True)
    told = answer.get("user") or {}
    shown = told.get("profile") or {}
    return Profile(
        name=shown.get("display_name") or shown.get("real_name") or told.get("name") or "",
        timezone=told.get("tz") or "UTC",
        locale=told.get("locale") or "en-US",
        is_admin=bool(told.get("is_admin") or told.get("is_owner")),
    )
