"""The HTTP side of the stand-in: one aiohttp application on loopback, one state behind it."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import Self

from aiohttp import web
from yarl import URL

from handlers.standin.api import Api
from handlers.standin.deliveries import Courier, Http
from handlers.standin.response import Responses
from handlers.standin.socket import Sockets
from handlers.standin.state import State
from handlers.standin.values import BOT_SCOPES
from handlers.standin.weather import Weather

LOOPBACK = "127.0.0.1"


class Server:
    """A running stand-in; use it as an async context manager.

    With a `request_url` payloads are delivered there over signed HTTP; without one they go to whoever is
    connected by Socket Mode.
    """

    def __init__(
        self,
        request_url: str | None = None,
        signing_secret: str = "standin-signing-secret",
        port: int = 0,
    ) -> None:
        self.state = State()
        self.weather = Weather()
        self.sockets = Sockets(self.state)
        self.responses = Responses(self.state, self.weather)
        self.signing_secret = signing_secret
        self.retry_after: tuple[float, ...] = (0, 60, 300)  # seconds until an event is delivered again
        self._request_url = request_url
        self._port = port
        self._runner: web.AppRunner | None = None
        self.url = ""

    @property
    def api_url(self) -> str:
        """What SLACK_API_URL must be for the bot to talk to this Slack."""
        return f"{self.url}/api/"

    def deliver_to(self, request_url: str) -> None:
        """Deliver over signed HTTP from now on."""
        self._request_url = request_url

    def courier(self) -> Courier:
        """What brings payloads to the app at the moment."""
        return Http(self._request_url, self.signing_secret) if self._request_url else self.sockets

    async def __aenter__(self) -> Self:
        runner = web.AppRunner(self.application(), access_log=None, shutdown_timeout=1)
        await runner.setup()
        site = web.TCPSite(runner, LOOPBACK, self._port)
        await site.start()
        self._runner = runner
        self.url = f"http://{LOOPBACK}:{runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.sockets.drop()
        if self._runner is not None:
            await self._runner.cleanup()

    def application(self) -> web.Application:
        """Every address of this Slack."""
        app = web.Application(client_max_size=64 * 1024**2)
        api = Api(self.state, self.weather)
        app.router.add_route("*", "/api/{method}", api.serve)
        for door in ("commands", "actions", "app"):
            app.router.add_post(f"/{door}/{{name:.+}}", self.responses.serve)
        app.router.add_get("/link/", self.sockets.serve)
        app.router.add_get("/oauth/v2/authorize", self._authorize)
        app.router.add_post("/upload/{id}", self._upload)
        app.router.add_get("/files/{id}/{name:.+}", self._download)
        return app

    async def _authorize(self, request: web.Request) -> web.Response:
        """The page on which a user allows the installation; here everybody does, at once."""
        query = request.query
        if query.get("client_id") != self.state.client[0]:
            return web.Response(status=400, text="Invalid client_id parameter")
        unknown = set(query.get("scope", "").split(",")) - BOT_SCOPES - {""}
        if unknown:
            return web.Response(
                status=400, text=f"Invalid permissions requested: {', '.join(sorted(unknown))}"
            )
        team = query.get("team") or next(iter(self.state.teams))
        user = next(u for u in self.state.users.values() if u.team == team and not u.is_bot)
        code = secrets.token_urlsafe(16)
        self.state.codes[code] = (team, user.id)
        back = URL(query["redirect_uri"]).update_query(code=code, state=query.get("state", ""))
        return web.Response(status=302, headers={"Location": str(back)})

    async def _upload(self, request: web.Request) -> web.Response:
        """Step two of an upload: the bytes, raw or as a form."""
        file = self.state.files.get(request.match_info["id"])
        if file is None:
            return web.Response(status=404, text="no such upload")
        if request.content_type.startswith("multipart/"):
            parts = [p for p in (await request.post()).values() if isinstance(p, web.FileField)]
            data = parts[0].file.read() if parts else b""
        else:
            data = await request.read()
        self.state.files[file.id] = replace(file, data=data)
        return web.Response(text=f"OK - {len(data)}")

    async def _download(self, request: web.Request) -> web.Response:
        """A private file: only with the token of its team, otherwise Slack's sign-in page."""
        file = self.state.files.get(request.match_info["id"])
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        team = self.state.teams[file.team] if file else None
        if file is None or team is None or team.token != token or "files:read" not in team.scopes:
            return web.Response(text="<!DOCTYPE html><title>Sign in</title>", content_type="text/html")
        return web.Response(body=file.data, content_type=file.media)
