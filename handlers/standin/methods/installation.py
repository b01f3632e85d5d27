"""oauth.v2.access, auth.revoke and apps.connections.open."""

from __future__ import annotations

import secrets
from dataclasses import replace

from handlers.standin.methods._call import Call, Method
from handlers.standin.state import APP_ID, Refused
from handlers.standin.values import Json


def access(call: Call) -> Json:
    """Exchange the code of an installation for the bot's token; a code works once."""
    if (call.params.get("client_id"), call.params.get("client_secret")) != call.state.client:
        raise Refused("bad_client_secret")
    team_id, user = call.state.codes.pop(str(call.need("code")), ("", ""))
    if team_id not in call.state.teams:
        raise Refused("invalid_code")
    team = replace(call.state.teams[team_id], token=f"xoxb-{team_id[1:]}-{secrets.token_hex(8)}")
    call.state.teams[team_id] = team
    call.state.happened("installed", team)
    return {
        "app_id": APP_ID,
        "authed_user": {"id": user},
        "scope": ",".join(sorted(team.scopes)),
        "token_type": "bot",
        "access_token": team.token,
        "bot_user_id": team.bot_user,
        "team": {"id": team.id, "name": team.name},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def revoke(call: Call) -> Json:
    """Take the token back."""
    call.state.teams[call.team.id] = replace(call.team, token=None)
    call.state.happened("revoked", call.team)
    return {"revoked": True}


def connection(call: Call) -> Json:
    """An address for one Socket Mode connection."""
    ticket = secrets.token_urlsafe(16)
    call.state.codes[ticket] = ("socket", "")
    return {"url": f"{call.base.replace('http', 'ws', 1)}/link/?ticket={ticket}&app_id={APP_ID}"}


METHODS = {
    "oauth.v2.access": Method(access, token="none"),
    "auth.revoke": Method(revoke),
    "apps.connections.open": Method(connection, token="app"),
}
