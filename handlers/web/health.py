"""Is this process alive, is it ready, and what has it counted: /healthz, /readyz, /metrics.

/healthz answers as long as the event loop turns. /readyz asks every check anew, so that it is true and false
within seconds of the cause. /metrics lets `refresh` look at what isn't counted here (the database) first.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from bot.errors import MscError

Check = Callable[[], Awaitable[str | None]]
"""Returns None when all is well, else one sentence, as an MscError has; cut off after two seconds."""

Refresh = Callable[[], Awaitable[None]]

PATIENCE = 2.0  # seconds for each check

_log = logging.getLogger(__name__)


def routes(checks: Mapping[str, Check], refresh: Refresh | None = None) -> list[web.RouteDef]:
    """The three addresses that operators ask."""

    async def alive(_: web.Request) -> web.Response:
        return web.Response(text="ok")

    async def ready(_: web.Request) -> web.Response:
        said = await asyncio.gather(*(_asked(name, check) for name, check in checks.items()))
        report = dict(zip(checks, said, strict=True))
        well = not any(report.values())
        body = {"ready": well, "checks": {name: fault or "ok" for name, fault in report.items()}}
        return web.json_response(body, status=200 if well else 503)

    async def metrics(_: web.Request) -> web.Response:
        if refresh is not None:
            with suppress(TimeoutError):
                await asyncio.wait_for(refresh(), PATIENCE)
        return web.Response(body=generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    return [web.get("/healthz", alive), web.get("/readyz", ready), web.get("/metrics", metrics)]


async def _asked(name: str, check: Check) -> str | None:
    try:
        return await asyncio.wait_for(check(), PATIENCE)
    except TimeoutError:
        return f"no answer within {PATIENCE:g} s"
    except MscError as error:
        return str(error)
    except Exception:  # noqa: BLE001  a door: a broken check means not ready, never a broken page
        _log.exception("the check of %s failed", name)
        return "the check itself failed; see the log"
