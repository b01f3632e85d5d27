"""When a digest can't be posted: its schedule pauses where that will not pass, and its owner is told once."""

from __future__ import annotations

from bot.errors import PostFailed, PostUnknown
from bot.models import Phrase, Poster
from bot.render import catalogue, mrkdwn
from bot.store import Database, channels
from bot.store.outbox import Attempt

_FOR_GOOD = frozenset(
    [
        *("not_in_channel", "channel_not_found", "is_archived", "restricted_action", "missing_scope"),
        *(
            "token_revoked",
            "token_expired",
            "account_inactive",
            "invalid_auth",
            "not_authed",
            "not_installed",
        ),
    ]
)
UNKNOWN = "unknown"


async def tell(db: Database, poster: Poster, attempt: Attempt, code: str) -> None:
    """Pause the channel's schedule where it must be, and tell its owner in a direct message."""
    stored = await channels.of_channel(db, attempt.workspace, attempt.channel)
    if stored is None:
        return
    if code in _FOR_GOOD and not await channels.set_state(
        db, attempt.workspace, attempt.channel, "paused", code
    ):
        return
    key = "digest.told_unknown" if code == UNKNOWN else "digest.told_paused"
    said = mrkdwn.line(catalogue.say(Phrase(key, {"code": code})))
    text = mrkdwn.join(" ", mrkdwn.channel(attempt.channel), said)
    drawn = [{"type": "section", "text": mrkdwn.text(text)}]
    try:
        await poster.post(attempt.workspace, stored.owner, text, drawn)
    except (PostFailed, PostUnknown):
        return  # the owner can't be reached either; the status says it
