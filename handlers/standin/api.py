"""The door of the Web API: reads a call as Slack does, looks the method up, answers JSON."""

from __future__ import annotations

import base64
import binascii
import json
from typing import Any

from aiohttp import web

from handlers.standin.methods import TABLE, Call, Method
from handlers.standin.state import Refused, State
from handlers.standin.values import Json, Team
from handlers.standin.weather import Weather, hang_up

JSON_PARAMETERS = ("blocks", "view", "metadata", "files", "prompts", "unfurls", "attachments")
NOBODY = Team("", "", "", "", "")


class Api:
    """The Web API over one state."""

    def __init__(self, state: State, weather: Weather) -> None:
        self._state = state
        self._weather = weather

    async def serve(self, request: web.Request) -> web.Response:
        """Answer one call; 200 with ok false when it is refused, as Slack does."""
        name = request.match_info["method"]
        instead, cut = await self._weather.before(name, request)
        if instead is not None:
            return instead
        params = await _parameters(request)
        base = str(request.url.origin())
        try:
            answer = self._answer(name, params, _bearer(request), base)
        except Refused as refusal:
            answer = {"ok": False, "error": refusal.code, **refusal.more}
        self._state.happened("call", (name, params, answer))
        if cut:
            hang_up(request)
        return web.json_response(answer, headers=self._headers(_bearer(request)))

    def _answer(self, name: str, params: Json, token: str, base: str) -> Json:
        method = TABLE.get(name)
        if method is None:
            raise Refused("unknown_method", req_method=name)
        team = self._team(method, token)
        return {"ok": True, **method.run(Call(self._state, team, name, params, base))}

    def _team(self, method: Method, token: str) -> Team:
        if method.token == "none":
            return NOBODY
        if not token:
            raise Refused("not_authed")
        if method.token == "app":
            if token != self._state.app_token:
                raise Refused("not_allowed_token_type" if token.startswith("xoxb-") else "invalid_auth")
            return NOBODY
        team = next((t for t in self._state.teams.values() if t.token == token), None)
        if team is None:
            raise Refused("token_revoked" if token.startswith("xoxb-") else "invalid_auth")
        if method.scope and method.scope not in team.scopes:
            raise Refused("missing_scope", needed=method.scope, provided=",".join(sorted(team.scopes)))
        return team

    def _headers(self, token: str) -> dict[str, str]:
        scopes = next((t.scopes for t in self._state.teams.values() if t.token == token), frozenset())
        return {"x-oauth-scopes": ",".join(sorted(scopes))}


def _bearer(request: web.Request) -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


async def _parameters(request: web.Request) -> Json:
    """Query, form or JSON body, and Basic credentials, as one mapping with inner JSON parsed."""
    params: Json = dict(request.query)
    if request.content_type == "application/json":
        body = await request.json()
        params |= body if isinstance(body, dict) else {}
    else:
        params |= {key: value for key, value in (await request.post()).items() if isinstance(value, str)}
    params |= _basic(request)
    return {key: _parsed(key, value) for key, value in params.items()}


def _parsed(key: str, value: Any) -> Any:
    if key in JSON_PARAMETERS and isinstance(value, str):
        try:
            return json.loads(value)
        except json.JSONDecodeError:
            return value
    return value


def _basic(request: web.Request) -> Json:
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return {}
    try:
        user, _, password = base64.b64decode(secret).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return {}
    return {"client_id": user, "client_secret": password}
