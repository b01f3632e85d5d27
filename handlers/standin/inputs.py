"""What a user fills in: elements of a view or a message → Slack's state.values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handlers.standin.values import Json, Message, View

# type of element → name of its value in the state, name of its first value in the block
STATE = {
    "plain_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "overflow": ("selected_option", ""),
    "checkboxes": ("selected_options", "initial_options"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "file_input": ("files", ""),
}


def choice(element: Json, value: Any) -> Any:
    """Turn what a test or a page gives ("weekly") into what Slack sends (the whole option).

    Raises LookupError when there is no such option; options of an external menu are given whole.
    """
    name = STATE[element["type"]][0]
    if name == "selected_options":
        return [_option(element, one) for one in value]
    if name == "selected_option" and value is not None:
        return _option(element, value)
    return value


def _option(element: Json, value: Any) -> Json:
    if isinstance(value, dict):
        return value
    offered = options(element)
    for option in offered:
        if value in (option["value"], option["text"]["text"]):
            return option
    names = ", ".join(repr(o["value"]) for o in offered)
    raise LookupError(f"{element.get('action_id')}: no option {value!r}; there are {names or 'none'}")


def options(element: Json) -> list[Json]:
    """The options of a menu, those in groups included."""
    grouped = [option for group in element.get("option_groups", ()) for option in group["options"]]
    return [*element.get("options", ()), *grouped]


def entry(element: Json, value: Any) -> Json:
    """The state of one element."""
    kind = element["type"]
    return {"type": kind, STATE[kind][0]: choice(element, value)}


def values(shown: View | Message, filled: Mapping[str, Any]) -> dict[str, Json]:
    """The state of all elements that have one: first values, what was filled before, what is filled now.

    `filled` is keyed by action_id or block_id; raises LookupError for a key that nothing has.
    """
    state: dict[str, Json] = {}
    unknown = set(filled)
    for element in shown.elements():
        kind, action, block = element["type"], element["action_id"], element["block_id"]
        if kind not in STATE or kind == "overflow":
            continue
        keys = {action, block} & set(filled)
        unknown -= keys
        before = shown.values.get(block, {}).get(action)
        first = element.get(STATE[kind][1]) if STATE[kind][1] else None
        now = before or {"type": kind, STATE[kind][0]: first}
        state.setdefault(block, {})[action] = entry(element, filled[keys.pop()]) if keys else now
    if unknown:
        raise LookupError(f"nothing to fill in for {', '.join(sorted(unknown))}; there is {_names(state)}")
    return state


def _names(state: Mapping[str, Json]) -> str:
    return ", ".join(f"{block}/{action}" for block, inner in state.items() for action in inner) or "nothing"


def missing(view: View, state: Mapping[str, Json]) -> dict[str, str]:
    """Required inputs without a value: block_id → the sentence that the client shows."""
    lacking = {}
    for block in view.blocks:
        if block["type"] != "input" or block.get("optional"):
            continue
        inner = state.get(block["block_id"], {}).get(block["element"].get("action_id", ""), {})
        if not any(value for key, value in inner.items() if key != "type"):
            lacking[block["block_id"]] = "Please complete this required field."
    return lacking
