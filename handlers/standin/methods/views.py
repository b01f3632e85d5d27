"""views.*: modals in a stack of three at most, and home tabs."""

from __future__ import annotations

from bot.render.validate import view_faults
from handlers.standin.methods._call import Call, Method, messages
from handlers.standin.state import APP_ID, Refused
from handlers.standin.values import Json, View

MOST_IN_STACK = 3


def checked(view: object, kind: str) -> Json:
    """The view, when it is valid and of that kind; raises Refused as Slack does."""
    found = view_faults(view)
    if not found and isinstance(view, dict) and view["type"] != kind:
        found = [f"view: type is {view['type']}, {kind} is needed"]
    if found or not isinstance(view, dict):
        raise Refused("invalid_arguments", **messages([f"[ERROR] {fault}" for fault in found]))
    return view


def as_slack(call_team: str, bot_id: str, view: View) -> Json:
    """The view object of Slack's API, with the state of its inputs."""
    given = {"private_metadata": "", "callback_id": "", "external_id": "", **view.payload}
    return {
        **given,
        "id": view.id,
        "team_id": call_team,
        "state": {"values": dict(view.values)},
        "hash": view.hash,
        "root_view_id": view.root,
        "previous_view_id": view.previous,
        "app_id": APP_ID,
        "app_installed_team_id": call_team,
        "bot_id": bot_id,
    }


def _answer(call: Call, view: View) -> Json:
    return {"view": as_slack(call.team.id, call.team.bot_id, view)}


def open_view(call: Call) -> Json:
    """Open a modal within the life of a trigger_id; what was open before goes away."""
    payload = checked(call.need("view"), "modal")
    trigger = call.state.use_trigger(str(call.need("trigger_id")))
    view = call.state.keep_view(call.team.id, trigger.user, payload)
    call.state.stacks[trigger.user] = [view.id]
    call.state.happened("opened", view)
    return _answer(call, view)


def push(call: Call) -> Json:
    """Put a modal on top of the one in which the click happened."""
    payload = checked(call.need("view"), "modal")
    trigger = call.state.use_trigger(str(call.need("trigger_id")))
    stack = call.state.stacks.get(trigger.user, [])
    if not stack or trigger.view not in stack:
        raise Refused("not_found")
    if len(stack) >= MOST_IN_STACK:
        raise Refused("push_limit_reached")
    view = call.state.keep_view(call.team.id, trigger.user, payload, call.state.views[stack[-1]])
    stack.append(view.id)
    call.state.happened("opened", view)
    return _answer(call, view)


def update(call: Call) -> Json:
    """Change an open modal, by its id or its external_id; a stale hash is refused."""
    payload = checked(call.need("view"), "modal")
    ident, external = call.params.get("view_id"), call.params.get("external_id")
    opened = {v for stack in call.state.stacks.values() for v in stack}
    found = [
        v
        for v in call.state.views.values()
        if v.id in opened
        and v.team == call.team.id
        and (v.id == ident or (external and v.payload.get("external_id") == external))
    ]
    if not found:
        raise Refused("not_found")
    if call.params.get("hash") and call.params["hash"] != found[0].hash:
        raise Refused("hash_conflict")
    view = call.state.change_view(found[0], payload)
    call.state.happened("updated", view)
    return _answer(call, view)


def publish(call: Call) -> Json:
    """Show a home tab to a user."""
    payload = checked(call.need("view"), "home")
    user = call.state.users.get(str(call.need("user_id")))
    if user is None or user.team != call.team.id:
        raise Refused("user_not_found")
    before = call.state.homes.get(user.id)
    if call.params.get("hash") and before and call.params["hash"] != before.hash:
        raise Refused("hash_conflict")
    view = (
        call.state.change_view(before, payload)
        if before
        else call.state.keep_view(call.team.id, user.id, payload)
    )
    call.state.homes[user.id] = view
    call.state.happened("home", view)
    return _answer(call, view)


METHODS = {
    "views.open": Method(open_view),
    "views.push": Method(push),
    "views.update": Method(update),
    "views.publish": Method(publish),
}
