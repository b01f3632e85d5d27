"""What `msc doctor` asks Slack: whether it takes the tokens, and whether the scopes are granted."""

from __future__ import annotations

import asyncio

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.errors import MscError
from bot.settings import Settings
from bot.store import installations
from handlers.cli._look import Look
from handlers.slack import oauth, outgoing

_WAIT = 5.0  # seconds for an answer of Slack's


async def slack(settings: Settings) -> str:
    """Say whether the tokens for the mode are set, and whether Slack takes them."""
    if oauth.wanted(settings):
        return _by_oauth(settings)
    needed = {"SLACK_BOT_TOKEN": settings.slack_bot_token}
    if settings.mode == "socket":
        needed["SLACK_APP_TOKEN"] = settings.slack_app_token
    else:
        needed["SLACK_SIGNING_SECRET"] = settings.slack_signing_secret
    missing = [name for name, value in needed.items() if value is None]
    if len(missing) == len(needed):
        return f"no tokens set, so no Slack; mode {settings.mode} needs {' and '.join(missing)}"
    if missing:
        raise MscError(
            f"{' and '.join(missing)} missing for mode {settings.mode}; "
            "see the README, Put it into your Slack"
        )
    told = await _who(settings)
    if settings.mode == "socket":
        await _socket(settings)
    return f"tokens for mode {settings.mode} are taken by {told.get('team')} ({told.get('team_id')})"


def _by_oauth(settings: Settings) -> str:
    if settings.encryption_keys is None:
        raise MscError("MSC_ENCRYPTION_KEYS is missing; see the README, Put it into your Slack")
    installations.cipher(settings.encryption_keys.get_secret_value())
    if settings.slack_signing_secret is None:
        raise MscError("SLACK_SIGNING_SECRET is missing: copy it from Basic Information, App Credentials")
    if not settings.public_url.startswith("https://"):
        raise MscError("MSC_PUBLIC_URL must begin with https://, as Slack sends browsers back there")
    return f"workspaces install it at {settings.public_url.rstrip('/')}{oauth.INSTALL}"


async def scopes(settings: Settings) -> str:
    """Say whether the token has every scope of the manifest."""
    if settings.slack_bot_token is None:
        return "asked for at each installation" if oauth.wanted(settings) else "no token, so none to compare"
    headers = {str(k).lower(): v for k, v in (await _who(settings)).headers.items()}
    granted = {s.strip() for s in str(headers.get("x-oauth-scopes", "")).split(",")}
    needed = set(oauth.scopes(settings))
    if missing := sorted(needed - granted):
        raise MscError(
            f"missing: {', '.join(missing)}; bring the app's manifest up to date with "
            f"deploy/slack/manifest-{settings.mode}.json and install it again"
        )
    return f"all {len(needed)} of the manifest are granted"


async def _who(settings: Settings) -> AsyncSlackResponse:
    token = settings.slack_bot_token
    client = AsyncWebClient(token.get_secret_value() if token else None, base_url=settings.slack_api_url)
    try:
        async with asyncio.timeout(_WAIT):
            return await client.auth_test()
    except SlackApiError as error:
        raise MscError(
            f"Slack refused SLACK_BOT_TOKEN ({outgoing.code(error)}); "
            "install the app again and copy the new one"
        ) from error
    except (SlackClientError, aiohttp.ClientError, OSError, TimeoutError) as error:
        raise MscError(_unreachable(settings)) from error


async def _socket(settings: Settings) -> None:
    token = settings.slack_app_token
    client = AsyncWebClient(base_url=settings.slack_api_url)
    try:
        async with asyncio.timeout(_WAIT):
            await client.apps_connections_open(app_token=token.get_secret_value() if token else "")
    except SlackApiError as error:
        raise MscError(
            f"Slack refused SLACK_APP_TOKEN ({outgoing.code(error)}); "
            "make one with the scope connections:write"
        ) from error
    except (SlackClientError, aiohttp.ClientError, OSError, TimeoutError) as error:
        raise MscError(_unreachable(settings)) from error


def _unreachable(settings: Settings) -> str:
    return f"{settings.slack_api_url} can't be reached; check the network and SLACK_API_URL"


LOOKS: dict[str, Look] = {"slack": slack, "scopes": scopes}
