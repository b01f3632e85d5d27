"""Bad weather on demand: rate limits, wrong answers, HTML, silence and broken connections."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from aiohttp import web

HTML = "<!DOCTYPE html><html><body><h1>Something went wrong</h1></body></html>"


@dataclass(frozen=True, slots=True)
class Fault:
    """How a call fails.

    `error` is a Slack error code (ratelimited gets status 429 and Retry-After); `status` answers with that
    HTTP status, as HTML when `html`; `reset` breaks the connection "before" the call has taken effect or
    "after" it; `seconds` lets it wait first.
    """

    error: str | None = None
    status: int | None = None
    html: bool = False
    reset: str | None = None
    retry_after: str = "1"
    seconds: float = 0.0

    def answer(self) -> web.Response | None:
        """What is answered instead; None when the call goes through."""
        if self.error == "ratelimited":
            body = {"ok": False, "error": self.error}
            return web.json_response(body, status=429, headers={"Retry-After": self.retry_after})
        if self.html:
            return web.Response(text=HTML, status=self.status or 200, content_type="text/html")
        if self.status:
            return web.Response(text="", status=self.status)
        if self.error:
            return web.json_response({"ok": False, "error": self.error})
        return None


@dataclass(slots=True)
class Weather:
    """What is to fail next, for each method; response_url answers to the name `response_url`."""

    _due: dict[str, list[Fault]] = field(default_factory=dict)

    def fail(self, method: str, fault: Fault, times: int = 1) -> None:
        """Let the next `times` calls of a method fail; `*` means any method."""
        self._due.setdefault(method, []).extend([fault] * times)

    def clear(self) -> None:
        """Let everything work again."""
        self._due.clear()

    async def before(self, method: str, request: web.Request) -> tuple[web.Response | None, bool]:
        """Return the answer to give instead of calling, and whether to break the connection afterwards."""
        due = self._due.get(method) or self._due.get("*")
        if not due:
            return None, False
        fault = due.pop(0)
        if fault.seconds:
            await asyncio.sleep(fault.seconds)
        if fault.reset == "before":
            hang_up(request)
            return web.Response(), False
        return fault.answer(), fault.reset == "after"


def hang_up(request: web.Request) -> None:
    """Break the connection without an answer."""
    if request.transport is not None:
        request.transport.abort()
