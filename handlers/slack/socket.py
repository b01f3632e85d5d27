"""Socket Mode: Slack reaches the app through a connection that the app opens."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot import metrics
from bot.errors import SettingError
from bot.settings import Settings
from handlers.slack import calls
from handlers.slack.outgoing import code


class _Timed(AsyncSocketModeHandler):
    """Bolt's own handler; the time until a request is acknowledged is counted."""

    async def handle(self, client: Any, req: SocketModeRequest) -> None:
        """Hand a request to Bolt and acknowledge it."""
        with metrics.ACKNOWLEDGED.labels("socket").time():
            await super().handle(client, req)


@asynccontextmanager
async def connected(app: AsyncApp, settings: Settings) -> AsyncIterator[None]:
    """Hold a connection to Slack; raises SettingError when the app-level token is refused."""
    token = settings.slack_app_token.get_secret_value() if settings.slack_app_token else ""
    client = AsyncWebClient(
        token=token,
        base_url=settings.slack_api_url,
        session=app.client.session,
        retry_handlers=calls.handlers(1),
    )
    handler = _Timed(app, app_token=token, web_client=client)
    try:  # connect() itself would try a refused token for ever
        opened = await client.apps_connections_open(app_token=token)
    except SlackApiError as error:
        await handler.client.close()
        raise SettingError(
            f"Slack refused SLACK_APP_TOKEN ({code(error)}): make a new app-level token with the scope "
            "connections:write."
        ) from error
    handler.client.wss_uri = opened["url"]
    await handler.client.connect()
    try:
        yield
    finally:
        await handler.client.close()
