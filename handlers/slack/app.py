"""Builds the Bolt app over the services. Requests that are not Slack's never get past its verification."""

from __future__ import annotations

import gc
import logging
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass

import aiohttp
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import SettingError
from bot.services import Services
from bot.settings import Settings
from handlers.slack import (
    actions,
    admin,
    calls,
    command,
    digest,
    events,
    feedback,
    filters,
    home,
    oauth,
    reaching,
    shortcuts,
    unfurl,
    unknown,
    views,
)
from handlers.slack.door import Door

ROOMS = (
    command, actions, filters, digest, views, feedback, shortcuts, events, home, admin, unfurl, oauth,
    unknown,
)  # fmt: skip
# objects until the collector of cycles looks: a request leaves few, and Python's 700 cost 7 % (measured)
_COLLECTED = (20_000, 20, 50)
NOT_INSTALLED = "This app is not installed in your workspace any more. An admin can install it again."


@contextmanager
def _own_settings_only() -> Iterator[None]:
    """Keep Bolt from reading the environment: it would set up an OAuth flow that stores plain tokens."""
    names = ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_BOT_TOKEN")
    taken = {name: os.environ.pop(name) for name in names if name in os.environ}
    try:
        yield
    finally:
        os.environ.update(taken)


@dataclass(frozen=True, slots=True)
class Running:
    """A Bolt app with what it holds; the tasks are to be finished before the services close."""

    app: AsyncApp
    door: Door


def build(
    services: Services, door: Door | None = None, session: aiohttp.ClientSession | None = None
) -> AsyncApp:
    """Return the app with every listener; raises SettingError when the token is missing.

    It answers after its acknowledgement in tasks of our own, so Bolt may run a listener before it responds:
    the acknowledgement then doesn't wait for Bolt's 10 ms poll.
    """
    settings = services.settings
    with _own_settings_only():
        app = AsyncApp(
            name="msc",
            logger=logging.getLogger("slack_bolt"),  # whose warnings quote whole requests: see bot.log
            client=client(settings, session),
            authorize=oauth.authorize(services) if oauth.wanted(settings) else None,
            signing_secret=next(iter(secrets(settings)), ""),
            process_before_response=True,
            request_verification_enabled=True,
            user_facing_authorize_error_message=NOT_INSTALLED,
        )
    door = door or Door(services)
    for room in ROOMS:
        room.register(app, door)
    return app


@asynccontextmanager
async def running(services: Services) -> AsyncIterator[Running]:
    """Yield the app for the time of a process: one connection pool, work finished at the end."""
    gc.set_threshold(*_COLLECTED)
    async with aiohttp.ClientSession(
        cookie_jar=aiohttp.DummyCookieJar()
    ) as session:  # Slack's are none of ours
        door = Door(services)
        app = build(services, door, session)
        try:
            yield Running(app, door)
        finally:
            await door.tasks.finish()
            await door.recent.written(services.db)


def client(settings: Settings, session: aiohttp.ClientSession | None = None) -> AsyncWebClient:
    """Return the web client: 429 is waited for; a broken connection is not retried, it could post twice."""
    required(settings)
    token = settings.slack_bot_token
    return AsyncWebClient(
        token=token.get_secret_value() if token else None,
        base_url=settings.slack_api_url,
        session=session,
        retry_handlers=calls.handlers(retries=2),
    )


def required(settings: Settings) -> None:
    """Raise SettingError for the first of Slack's secrets that is missing."""
    if settings.slack_bot_token is None and not oauth.wanted(settings):
        raise SettingError(
            "SLACK_BOT_TOKEN is missing: copy the Bot User OAuth Token (xoxb-…) from your app's page under "
            "OAuth & Permissions into the environment or the .env file."
        )
    if settings.mode == "http" and settings.slack_signing_secret is None:
        raise SettingError(
            "SLACK_SIGNING_SECRET is missing: copy it from your app's page under Basic Information, "
            "App Credentials; without it nobody could tell Slack's requests from others."
        )
    if settings.mode == "socket" and settings.slack_app_token is None:
        raise SettingError(
            "SLACK_APP_TOKEN is missing: make an app-level token (xapp-…) with the scope connections:write "
            "on your app's page under Basic Information, or serve over HTTP with --mode http."
        )


def secrets(settings: Settings) -> tuple[str, ...]:
    """Return the signing secrets that are accepted: two, separated by a comma, during a rotation."""
    held = settings.slack_signing_secret.get_secret_value() if settings.slack_signing_secret else ""
    return tuple(s.strip() for s in held.split(",") if s.strip())


async def introduced(slack: AsyncWebClient) -> tuple[str, str]:
    """Return id and name of the workspace; raises as reaching.told does."""
    refusal = "Slack refused SLACK_BOT_TOKEN ({code}): install the app again and copy the new token."
    with reaching.told(slack, refusal):
        found = await slack.auth_test()
    return str(found["team_id"]), str(found.get("team") or found["team_id"])
