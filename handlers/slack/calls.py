"""Counts the calls of Slack's Web API, of every client, and remembers when one last came through.

slack_sdk shows every answer and every error to its retry handlers; this one counts and never retries.
"""

from __future__ import annotations

import time
from typing import Final

from slack_sdk.http_retry import HttpRequest, HttpResponse, RetryState
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler

from bot import metrics

_URL: Final = "response_url"
_LIMITED: Final = 429
REVOKED: Final = frozenset({"invalid_auth", "account_inactive", "token_revoked", "token_expired"})


class Calls(AsyncRetryHandler):
    """The tally of a process; `answered` is when Slack last answered anything, by the monotonic clock."""

    def __init__(self) -> None:
        super().__init__()
        self.answered = float("-inf")

    async def can_retry_async(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        """Count the attempt; never asks for another one."""
        method = method_of(request.url)
        metrics.SLACK_CALLS.labels(method, _result(response, error)).inc()
        if response is not None:
            self.answered = time.monotonic()
            if response.status_code == _LIMITED:
                metrics.SLACK_LIMITED.labels(method).inc()
        return False

    def answered_url(self, status: int, *, well: bool) -> None:
        """Count an answer of a response_url, which no client of slack_sdk's asks."""
        self.answered = time.monotonic()
        result = "unavailable" if status >= 500 else "ok" if well else "refused"
        if status == _LIMITED:
            result = "rate_limited"
            metrics.SLACK_LIMITED.labels(_URL).inc()
        metrics.SLACK_CALLS.labels(_URL, result).inc()

    def unanswered_url(self) -> None:
        """Count a response_url that could not be reached."""
        metrics.SLACK_CALLS.labels(_URL, "unreachable").inc()


CALLS: Final = Calls()


def handlers(retries: int = 0) -> list[AsyncRetryHandler]:
    """Return the handlers of a client: all are counted, a 429 is waited for up to `retries` times."""
    waiting = [AsyncRateLimitErrorRetryHandler(max_retry_count=retries)] if retries else []
    return [CALLS, *waiting]


def method_of(url: str) -> str:
    """Return the method's name; addresses of answers and uploads, which are secret, have one name each."""
    path = url.partition("?")[0].partition("://")[2].partition("/")[2]
    if path.startswith("api/"):
        name = path.removeprefix("api/")
        return name if name.replace(".", "").replace("_", "").isalnum() and len(name) < 60 else "other"
    return "upload" if path.startswith("upload") else _URL


def _result(response: HttpResponse | None, error: Exception | None) -> str:
    """Return ok, rate_limited, refused (Slack said no), unavailable (5xx), unreadable or unreachable."""
    if response is None:
        return "unreachable" if error is None or not hasattr(error, "response") else "unreadable"
    if response.status_code == _LIMITED:
        return "rate_limited"
    if response.status_code >= 500:
        return "unavailable"
    said = response.body if isinstance(response.body, dict) else {}
    return "refused" if said.get("ok") is False or response.status_code >= 400 else "ok"
