"""auth.test, users.info, team.info, bots.info."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from handlers.standin.methods._call import Call, Method
from handlers.standin.state import APP_ID, Refused
from handlers.standin.values import Json


def test(call: Call) -> Json:
    """Who the token belongs to."""
    team = call.team
    return {
        "url": f"{call.base}/",
        "team": team.name,
        "user": call.state.users[team.bot_user].name,
        "team_id": team.id,
        "user_id": team.bot_user,
        "bot_id": team.bot_id,
        "is_enterprise_install": False,
    }


def info(call: Call) -> Json:
    """A user with time zone, and with locale when asked for."""
    user = call.user()
    zone = datetime.now(ZoneInfo(user.tz))
    offset = zone.utcoffset()
    given: Json = {
        "id": user.id,
        "team_id": user.team,
        "name": user.name,
        "real_name": user.real_name,
        "deleted": False,
        "tz": user.tz,
        "tz_label": zone.tzname(),
        "tz_offset": int(offset.total_seconds()) if offset else 0,
        "is_admin": user.is_admin,
        "is_owner": user.is_admin,
        "is_bot": user.is_bot,
        "profile": {"display_name": user.name, "real_name": user.real_name},
    }
    if call.params.get("include_locale") in (True, "true", "1"):
        given["locale"] = user.locale
    return {"user": given}


def team(call: Call) -> Json:
    """The workspace."""
    own = call.team
    return {"team": {"id": own.id, "name": own.name, "domain": own.domain}}


def bot(call: Call) -> Json:
    """The bot's own identity."""
    own = call.team
    if call.params.get("bot", own.bot_id) != own.bot_id:
        raise Refused("bot_not_found")
    return {"bot": {"id": own.bot_id, "app_id": APP_ID, "name": "msc", "user_id": own.bot_user}}


METHODS = {
    "auth.test": Method(test),
    "users.info": Method(info, "users:read"),
    "team.info": Method(team, "team:read"),
    "bots.info": Method(bot, "users:read"),
}
