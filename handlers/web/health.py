"""Is this process alive, is it ready, and what has it counted: /healthz, /readyz, /metrics."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, Counter, Histogram, generate_latest

Check = Callable[[], Awaitable[str | None]]
"""Returns None when all is well, else one sentence; it may raise nothing and is cut off after two seconds."""

PATIENCE = 2.0  # seconds for each check

ANSWERED = Histogram("msc_slack_request_seconds", "Time until Slack's HTTP request was answered")
REFUSED = Counter("msc_slack_refused_total", "HTTP requests refused before they were parsed", ["status"])


def routes(checks: Mapping[str, Check]) -> list[web.RouteDef]:
    """The three addresses that operators ask."""

    async def alive(_: web.Request) -> web.Response:
        return web.Response(text="ok")

    async def ready(_: web.Request) -> web.Response:
        said = await asyncio.gather(*(_asked(check) for check in checks.values()))
        report = dict(zip(checks, said, strict=True))
        well = not any(report.values())
        body = {"ready": well, "checks": {name: fault or "ok" for name, fault in report.items()}}
        return web.json_response(body, status=200 if well else 503)

    async def metrics(_: web.Request) -> web.Response:
        return web.Response(body=generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    return [web.get("/healthz", alive), web.get("/readyz", ready), web.get("/metrics", metrics)]


async def _asked(check: Check) -> str | None:
    try:
        return await asyncio.wait_for(check(), PATIENCE)
    except TimeoutError:
        return f"no answer within {PATIENCE:g} s"
