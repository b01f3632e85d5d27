"""What every listener is given, and the one place where an error becomes a sentence for the user."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import MscError, PostFailed, SourceError, UsageError
from bot.models import Asker, Phrase
from bot.render import blocks, catalogue
from bot.render.lines import Reader
from bot.services import Services
from handlers.slack import modal, outgoing
from handlers.slack.incoming import Caller
from handlers.slack.policies import Policies
from handlers.slack.profiles import BRIEF, PATIENT, Profile, Profiles
from handlers.slack.recent import Recent
from handlers.slack.tasks import Tasks
from handlers.slack.today import Today

Say = Callable[[outgoing.Message], Awaitable[None]]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Door:
    """The services, the running tasks, and what a process remembers of users and workspaces."""

    services: Services
    tasks: Tasks = field(default_factory=Tasks)
    profiles: Profiles = field(default_factory=Profiles)
    policies: Policies = field(default_factory=Policies)
    today: Today = field(default_factory=Today)
    recent: Recent = field(default_factory=Recent)

    async def asker(self, client: AsyncWebClient, who: Caller, *, surely: bool = False) -> Asker:
        """Return the asker: the workspace is the payload's team, never anything that a value says.

        `surely` waits longer for Slack to say whether they are an admin.
        """
        patience = PATIENT if surely else BRIEF
        profile = await self.profiles.of(client, who.team, who.user, patience=patience)
        return Asker(
            workspace=who.team,
            user=who.user,
            channel=who.channel,
            thread=who.thread,
            timezone=profile.timezone,
            locale=profile.locale,
            is_admin=profile.is_admin,
            policy=await self.policies.of(self.services.db, who.team),
        )

    async def profile(self, client: AsyncWebClient, who: Caller) -> Profile:
        """Return the caller's profile."""
        return await self.profiles.of(client, who.team, who.user)

    def start(
        self, work: Awaitable[None], client: AsyncWebClient, who: Caller, say: Say | None = None
    ) -> None:
        """Do the work after the acknowledgement; whatever goes wrong, the caller is told."""

        async def beside(message: outgoing.Message) -> None:
            profile = await self.profile(client, who)
            await modal.told(client, who, message, Reader(profile.locale))

        self.tasks.start(self.guarded(work, client, who, say or beside))

    async def guarded(self, work: Awaitable[None], client: AsyncWebClient, who: Caller, say: Say) -> None:
        """Do the work; what goes wrong becomes a sentence, which `say` shows."""
        try:
            await work
        except Exception as error:  # noqa: BLE001  the door: a user never meets silence or a traceback
            if not isinstance(error, MscError | SlackApiError | aiohttp.ClientError | TimeoutError):
                _log.exception("a listener failed")
            profile = await self.profile(client, who)
            await self._told(await sentence(error, profile.locale, client), client, who, say)

    async def _told(self, words: str, client: AsyncWebClient, who: Caller, say: Say) -> None:
        try:
            await say(blocks.sentence(words))
        except (PostFailed, SlackApiError, aiohttp.ClientError, TimeoutError) as error:
            _log.warning("an answer was not taken: %s", error)


async def sentence(error: Exception, locale: str, client: AsyncWebClient) -> str:
    """Return what the user reads: what was wrong and what to do."""
    match error:
        case PostFailed() | SlackApiError():
            return await refusal(error, locale, client)
        case MscError():
            return in_words(error, locale)
        case aiohttp.ClientError() | TimeoutError():
            return catalogue.say(Phrase("slack.unreachable"), locale)
        case _:
            return catalogue.say(Phrase("slack.failed"), locale)


def in_words(error: MscError, locale: str) -> str:
    """Return an error of ours in the reader's language, in English where it has no sentence there."""
    if isinstance(error, UsageError) and error.key:
        return catalogue.say(Phrase(error.key, error.values), locale)
    if isinstance(error, SourceError):
        return f"{error.source}: {catalogue.reason(error.reason, locale)}"
    return str(error)


async def refusal(error: PostFailed | SlackApiError, locale: str, client: AsyncWebClient) -> str:
    """Return the sentence for an error code of Slack; a missing scope and our own handle are named."""
    code = error.code if isinstance(error, PostFailed) else outgoing.code(error)
    key = _REFUSALS.get(code, "slack.refused")
    values = {"code": code, "scope": outgoing.needed(error) or "?"}
    if key == "slack.not_in_channel":
        values["handle"] = await outgoing.handle(client)
    return catalogue.say(Phrase(key, values), locale)


_REFUSALS = {
    "not_in_channel": "slack.not_in_channel",
    "channel_not_found": "slack.not_in_channel",
    "is_archived": "slack.is_archived",
    "missing_scope": "slack.missing_scope",
    "ratelimited": "slack.ratelimited",
    "restricted_action": "slack.restricted",
    outgoing.OUTAGE: "slack.unreachable",
    "internal_error": "slack.unreachable",
    "expired_trigger_id": "slack.too_late",
    "trigger_expired": "slack.too_late",
}
