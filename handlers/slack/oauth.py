"""Installing into many workspaces: the two pages of the OAuth flow, and what follows a removal."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

from aiohttp import web
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import SettingError
from bot.services import Services
from bot.settings import Settings
from bot.store import installations as stored
from handlers.slack import incoming
from handlers.slack.door import Door
from handlers.slack.installations import LIFE, Installations, States

Page = Callable[[web.Request], Awaitable[web.StreamResponse]]

SCOPES = (
    "app_mentions:read", "assistant:write", "chat:write", "commands", "files:read", "files:write",
    "im:history", "users:read",
)  # fmt: skip
_PREVIEWS = ("links:read", "links:write")
INSTALL, BACK = "/slack/install", "/slack/oauth_redirect"


def wanted(settings: Settings) -> bool:
    """Say whether the app is installed by OAuth: a client and its secret are set, and no token is."""
    given = settings.slack_client_id and settings.slack_client_secret
    return bool(given) and settings.slack_bot_token is None


def scopes(settings: Settings) -> tuple[str, ...]:
    """Return what the app asks for; previews of links are asked for only where they are wanted."""
    return SCOPES + _PREVIEWS if settings.unfurl else SCOPES


def held(services: Services) -> Installations:
    """Return the installations; raises SettingError when there is no key to encrypt tokens with."""
    keys = services.settings.encryption_keys
    if keys is None:
        raise SettingError(
            "MSC_ENCRYPTION_KEYS is missing: tokens of workspaces are kept encrypted. Make a key with "
            "python -c 'from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())'."
        )
    return Installations(services.db, stored.cipher(keys.get_secret_value()))


def authorize(services: Services) -> Callable[..., Awaitable[Any]]:
    """Return what tells Bolt with which token a workspace is answered."""
    known = held(services)

    async def authorized(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult | None:
        return await known.authorize(enterprise_id, team_id)

    return authorized


def pages(services: Services, client: AsyncWebClient) -> dict[str, Page]:
    """Return the page that begins an installation and the one that Slack sends the browser back to."""
    flow = _flow(services, client)
    return {INSTALL: _page(flow.handle_installation), BACK: _page(flow.handle_callback)}


def _flow(services: Services, client: AsyncWebClient) -> AsyncOAuthFlow:
    settings = services.settings
    secret = settings.slack_client_secret
    return AsyncOAuthFlow(
        client=client,
        settings=AsyncOAuthSettings(
            client_id=settings.slack_client_id,
            client_secret=secret.get_secret_value() if secret else None,
            scopes=list(scopes(settings)),
            redirect_uri=f"{settings.public_url.rstrip('/')}{BACK}" if settings.public_url else None,
            install_path=INSTALL,
            redirect_uri_path=BACK,
            authorization_url=_authorization_url(settings),
            installation_store=held(services),
            installation_store_bot_only=True,
            state_store=States(services.db),
            state_expiration_seconds=int(LIFE.total_seconds()),
        ),
    )


def _authorization_url(settings: Settings) -> str:
    return settings.slack_api_url.removesuffix("/").removesuffix("/api") + "/oauth/v2/authorize"


def _page(handle: Callable[[AsyncBoltRequest], Awaitable[BoltResponse]]) -> Page:
    async def page(request: web.Request) -> web.StreamResponse:
        asked = AsyncBoltRequest(body="", query=request.query_string, headers=dict(request.headers))
        answer = await handle(asked)
        shown = web.Response(status=answer.status, body=answer.body.encode())
        for name, values in answer.headers.items():
            for value in values:
                shown.headers.add(name, value)
        return shown

    return page


def register(app: AsyncApp, door: Door) -> None:
    """Forget a workspace's token when Slack says that the app or its token is gone, however often it does."""

    @app.event("app_uninstalled")
    async def uninstalled(body: dict[str, Any]) -> None:
        await forgotten(door, body)

    @app.event("tokens_revoked")
    async def revoked(body: dict[str, Any]) -> None:
        if (body["event"].get("tokens") or {}).get("bot"):
            await forgotten(door, body)


async def forgotten(door: Door, body: dict[str, Any]) -> None:
    """Remove the installation, unless the app was installed again after the event."""
    happened = datetime.fromtimestamp(int(body.get("event_time") or 0), UTC)
    for workspace in filter(None, (body.get("team_id"), incoming.organisation(body))):
        await stored.remove(door.services.db, workspace, before=happened.replace(microsecond=999_999))
