"""Posts what lies in the outbox, each message once, and mends what a dead process left behind.

Slack has no idempotency key for messages, so doubt is settled by looking for the message's metadata in the
channel's history; where that can't be read, the message is unknown, its owner is told, and it is never
posted again.
"""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot import metrics
from bot.errors import PostFailed, PostUnknown
from bot.models import Picture, Poster
from bot.store import Database, outbox
from bot.store.outbox import Attempt

Clock = Callable[[], datetime]
Told = Callable[[Attempt, str], Awaitable[None]]

MOST_ATTEMPTS = 12
_WAIT = timedelta(seconds=30)
_LONGEST_WAIT = timedelta(minutes=30)
_TEXT_ONLY = frozenset({"invalid_blocks", "msg_blocks_too_long", "invalid_blocks_format"})
_PASSING = frozenset({"ratelimited", "rate_limited", "unreachable"})


async def deliver(db: Database, poster: Poster, clock: Clock, told: Told) -> bool:
    """Post the next message that is due; False when there is none. `told` hears of what failed for good.

    What nobody knows stays as it is until `mend` looks, two minutes later: a channel's history may lag.
    """
    attempt = await outbox.take(db, clock())
    if attempt is None:
        return False
    clock()
    if not await outbox.still_ours(db, attempt):
        return True
    await _post(db, poster, clock, told, attempt)
    return True


async def _post(db: Database, poster: Poster, clock: Clock, told: Told, attempt: Attempt) -> None:
    try:
        ts = await _sent(poster, attempt)
    except PostFailed as error:
        await _refused(db, clock, told, attempt, error)
    except PostUnknown:
        return
    else:
        await outbox.posted(db, attempt, ts)
        metrics.DIGESTS.labels("posted").inc()


async def _sent(poster: Poster, attempt: Attempt) -> str:
    """Post the message; one whose blocks Slack refuses goes once more as its text alone.

    A picture that may not be uploaded is posted as the text that stands for it.
    """
    if attempt.picture is not None and (done := await _uploaded(poster, attempt, attempt.picture)):
        return done
    place = (attempt.workspace, attempt.channel, attempt.text)
    try:
        return await poster.post(*place, attempt.blocks, thread=attempt.thread, run_id=attempt.mark)
    except PostFailed as error:
        if error.code not in _TEXT_ONLY or not attempt.blocks:
            raise
    return await poster.post(*place, [], thread=attempt.thread, run_id=attempt.mark)


async def _uploaded(poster: Poster, attempt: Attempt, picture: dict[str, str]) -> str | None:
    """Share the picture; None where Slack refuses it for good, which shows nothing to anybody."""
    drawn = Picture(b64decode(picture["png"]), picture["title"], picture["alt"])
    try:
        return await poster.upload(
            attempt.workspace, attempt.channel, drawn, run_id=attempt.mark, thread=attempt.thread
        )
    except PostFailed as error:
        if error.code in _PASSING and attempt.attempts < MOST_ATTEMPTS:
            raise
        return None


async def _refused(db: Database, clock: Clock, told: Told, attempt: Attempt, error: PostFailed) -> None:
    if error.code in _PASSING and attempt.attempts < MOST_ATTEMPTS:
        wait = timedelta(seconds=error.retry_after) if error.retry_after else _backoff(attempt.attempts)
        await outbox.again(db, attempt, error.code, clock() + wait)
    elif await outbox.failed(db, attempt, error.code):
        metrics.DIGESTS.labels("failed").inc()
        await told(attempt, error.code)


def _backoff(attempts: int) -> timedelta:
    return min(_WAIT * int(2 ** max(0, attempts - 1)), _LONGEST_WAIT)


async def settle(
    db: Database, poster: Poster, clock: Clock, told: Told, attempt: Attempt, reason: str
) -> None:
    """Find out what became of an attempt: posted, certainly not posted (then again), or unknown."""
    try:
        since = clock() - timedelta(days=1)
        ts = await poster.find(attempt.workspace, attempt.channel, attempt.mark, since, thread=attempt.thread)
    except (PostFailed, PostUnknown):
        if await outbox.unknown(db, attempt, reason):
            metrics.DIGESTS.labels("unknown").inc()
            await told(attempt, "unknown")
        return
    if ts is not None:
        await outbox.posted(db, attempt, ts)
        metrics.DIGESTS.labels("posted").inc()
    else:
        await outbox.again(db, attempt, reason, clock() + _WAIT)


async def mend(db: Database, poster: Poster, clock: Clock, told: Told) -> int:
    """Settle the attempts that a dead or frozen process left; return how many there were."""
    left = await outbox.abandoned(db, clock())
    for attempt in left:
        await settle(db, poster, clock, told, attempt, "worker_gone")
    return len(left)
