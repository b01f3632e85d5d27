"""response_url: late answers, at most five within thirty minutes."""

from __future__ import annotations

import json

from aiohttp import web

from handlers.standin.methods._content import content
from handlers.standin.state import RESPONSE_USES, Refused, ResponseUrl, State
from handlers.standin.values import Json, Message
from handlers.standin.weather import Weather, hang_up


class Responses:
    """The addresses for late answers over one state."""

    def __init__(self, state: State, weather: Weather) -> None:
        self._state = state
        self._weather = weather

    async def serve(self, request: web.Request) -> web.Response:
        """Take one late answer; a refusal is a 4xx with ok false, which the SDK's client does not raise."""
        instead, cut = await self._weather.before("response_url", request)
        if instead is not None:
            return instead
        try:
            params = json.loads(await request.text())
            self.take(request.match_info["name"], params)
        except (json.JSONDecodeError, UnicodeDecodeError):
            return web.json_response({"ok": False, "error": "invalid_payload"}, status=400)
        except Refused as refusal:
            status = 404 if refusal.code in {"used_url", "expired_url"} else 400
            answer = {"ok": False, "error": refusal.code, **refusal.more}
            self._state.happened("response", (params, answer))
            return web.json_response(answer, status=status)
        self._state.happened("response", (params, {"ok": True}))
        if cut:
            hang_up(request)
        return web.json_response({"ok": True})

    def take(self, name: str, params: Json) -> None:
        """Use the address once: post, replace or delete; raises Refused."""
        url = self._state.responses.get(name)
        if url is None or self._state.now() > url.until:
            raise Refused("expired_url")
        if url.uses >= RESPONSE_USES:
            raise Refused("used_url")
        url.uses += 1
        original = self._state.messages.get((url.channel, url.target)) if url.target else None
        if params.get("delete_original"):
            if original:
                self._state.delete(original)
            return
        words = content(params)
        if params.get("replace_original") and original:
            self._state.edit(original, **words)
        else:
            self.say(url, params, words)

    def say(self, url: ResponseUrl, params: Json, words: Json) -> Message:
        """Post a new message: ephemeral unless the answer says in_channel."""
        team = self._state.teams[self._state.users[url.user].team]
        return self._state.post(
            Message(
                url.channel,
                self._state.ts(),
                team.bot_user,
                thread=params.get("thread_ts"),
                bot_id=team.bot_id,
                ephemeral_for=None if params.get("response_type") == "in_channel" else url.user,
                **words,
            )
        )
