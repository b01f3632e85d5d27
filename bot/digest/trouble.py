"""When a digest can't be posted: its schedule pauses where that will not pass, and its owner is told once."""

from __future__ import annotations

import re
from datetime import datetime

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
BY_HAND = "by_hand"
_EXPLAINED = frozenset(
    (BY_HAND, "not_in_channel", "channel_not_found", "is_archived", "restricted_action", "missing_scope")
)
_CODE = re.compile(r"[a-z_]+")
_NOW = re.compile(r"now-\w+-\d{12}-(?P<user>[A-Z0-9]+)")


def run_now(channel: str, user: str, moment: datetime) -> str:
    """Return the name of an edition that a user asks for: one a minute, and whom to tell if it fails."""
    return f"now-{channel}-{moment:%Y%m%d%H%M}-{user}"


def why(reason: str) -> Phrase | str:
    """Return why a digest is paused or was not posted: Slack's word or ours in a sentence."""
    if reason in _EXPLAINED:
        return Phrase(f"digest.why_{reason}")
    return Phrase("digest.why_refused", {"code": reason}) if _CODE.fullmatch(reason) else reason


async def tell(db: Database, poster: Poster, attempt: Attempt, code: str) -> None:
    """Pause the channel's schedule where it must be, and tell its owner in a direct message.

    An edition that somebody asked for is told to them, and nothing is paused.
    """
    if asked := _NOW.fullmatch(attempt.run):
        return await _told(poster, attempt, asked["user"], "digest.told_now", code)
    stored = await channels.of_channel(db, attempt.workspace, attempt.channel)
    if stored is None:
        return None
    if code in _FOR_GOOD and not await channels.set_state(
        db, attempt.workspace, attempt.channel, "paused", code
    ):
        return None
    return await _told(poster, attempt, stored.owner, "digest.told_paused", code, stored.wish.locale)


async def _told(poster: Poster, attempt: Attempt, user: str, key: str, code: str, locale: str = "en") -> None:
    phrase = Phrase("digest.told_unknown") if code == UNKNOWN else Phrase(key, {"why": why(code)})
    said = mrkdwn.line(catalogue.say(phrase, locale))
    text = mrkdwn.join(" ", mrkdwn.channel(attempt.channel), said)
    drawn = [{"type": "section", "text": mrkdwn.text(text)}]
    try:
        await poster.post(attempt.workspace, user, text, drawn)
    except (PostFailed, PostUnknown):
        return  # they can't be reached either; the status says it
