"""Socket Mode: hello, envelopes with acknowledgement, and the request to connect again."""

from __future__ import annotations

import asyncio
import json
import time
import uuid
from typing import Any

from aiohttp import WSMsgType, web

from handlers.standin.deliveries import ACK_WITHIN, Ack
from handlers.standin.state import APP_ID, State
from handlers.standin.values import Json


class Sockets:
    """The open connections of the app; payloads go to them in turn."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._open: list[web.WebSocketResponse] = []
        self._waiting: dict[str, asyncio.Future[Any]] = {}
        self._turn = 0
        self.deaf = False  # holds its connections and answers no ping, as a half-open line does

    @property
    def count(self) -> int:
        """How many connections are open."""
        return len(self._open)

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Hold one connection; each needs a fresh ticket from apps.connections.open."""
        if self._state.codes.pop(request.query.get("ticket", ""), ("", ""))[0] != "socket":
            return web.Response(status=403, text="invalid ticket")
        connection = web.WebSocketResponse(autoping=False)
        await connection.prepare(request)
        self._open.append(connection)
        self._state.happened("connected", len(self._open))
        try:
            await connection.send_json(self._hello())
            async for message in connection:
                if message.type is WSMsgType.PING and not self.deaf:
                    await connection.pong(message.data)
                elif message.type is WSMsgType.TEXT:
                    self._acknowledged(message.data)
        finally:
            self._open.remove(connection)
            self._state.happened("disconnected", len(self._open))
        return connection

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self._open),
            "debug_info": {"host": "standin", "build_number": 1, "approximate_connection_time": 18060},
            "connection_info": {"app_id": APP_ID},
        }

    def _acknowledged(self, text: str) -> None:
        try:
            answer = json.loads(text)
            waiting = self._waiting.get(answer["envelope_id"])
        except (json.JSONDecodeError, KeyError, TypeError):
            return
        if waiting is not None and not waiting.done():
            waiting.set_result(answer.get("payload"))

    async def deliver(self, kind: str, payload: Json, attempt: int = 0, reason: str = "") -> Ack:
        """Send an envelope and wait three seconds at most for its acknowledgement."""
        if not self._open:
            return Ack(0, error="connection_failed")
        envelope = str(uuid.uuid4())
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting[envelope] = future
        start = time.monotonic()
        try:
            await self._next().send_json(
                {
                    "envelope_id": envelope,
                    "type": kind,
                    "payload": payload,
                    "accepts_response_payload": kind != "events_api",
                    "retry_attempt": attempt,
                    "retry_reason": reason,
                }
            )
            answer = await asyncio.wait_for(future, ACK_WITHIN)
        except TimeoutError:
            return Ack(0, error="http_timeout", seconds=time.monotonic() - start)
        except ConnectionError:
            return Ack(0, error="connection_failed", seconds=time.monotonic() - start)
        finally:
            del self._waiting[envelope]
        body = answer if isinstance(answer, dict) else None
        return Ack(200, body, json.dumps(answer) if answer else "", None, time.monotonic() - start)

    def _next(self) -> web.WebSocketResponse:
        self._turn += 1
        return self._open[self._turn % len(self._open)]

    async def disconnect(self, reason: str = "refresh_requested") -> None:
        """Ask every connection to connect again, as Slack does every few hours, and close the old ones."""
        for connection in list(self._open):
            await connection.send_json(
                {"type": "disconnect", "reason": reason, "debug_info": {"host": "standin"}}
            )

    async def drop(self, most: int | None = None) -> None:
        """Break every connection, or at most so many, without a word."""
        for connection in list(self._open)[:most]:
            await connection.close()
