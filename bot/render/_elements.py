"""Slack's texts, composition objects and elements as shapes; `_blockkit` puts them into blocks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.render._shape import Fields, Flag, Int, Kind, Many, Obj, Rule, Str, Word

ID = Str(255)
URL = Str(3000, pattern=r"(https?|slack|mailto)://?\S+", like="an address")
HTTPS = Str(3000, pattern=r"https://\S+", like="an https address")
IMAGE_URL = Str(3000, pattern=r"https?://\S+", like="an http or https address")
DATE = Str(10, pattern=r"\d{4}-\d\d-\d\d", like="a date such as 2026-02-14")
TIME = Str(5, pattern=r"([01]\d|2[0-3]):[0-5]\d", like="a time such as 08:30")
YES = Flag()


def kinds(what: str, **shapes: Obj) -> Kind:
    """Return a family of objects; each gets its own `type` as a required field."""
    named = {
        name: Obj({"type": Word((name,)), **shape.required}, shape.optional, shape.rules)
        for name, shape in shapes.items()
    }
    return Kind(what, named)


def some(family: Kind, *names: str) -> Kind:
    """Return the members of a family that may stand in one place."""
    return Kind(family.what, {name: family.shapes[name] for name in names})


def exactly_one(*names: str) -> Rule:
    """Return the rule that one, and only one, of the fields is there."""

    def rule(value: Mapping[str, Any]) -> Iterator[str]:
        if sum(name in value for name in names) != 1:
            yield f"needs exactly one of {' and '.join(names)}"

    return rule


def not_both(first: str, second: str) -> Rule:
    """Return the rule that two fields exclude each other."""

    def rule(value: Mapping[str, Any]) -> Iterator[str]:
        if first in value and second in value:
            yield f"{first} and {second} exclude each other"

    return rule


def initial_among_options(value: Mapping[str, Any]) -> Iterator[str]:
    """What is chosen at first is one of the options."""
    groups = value.get("option_groups", ())
    options = [*value.get("options", ()), *(option for group in groups for option in group["options"])]
    chosen = [
        *value.get("initial_options", ()),
        *([value["initial_option"]] if "initial_option" in value else ()),
    ]
    if any(option not in options for option in chosen):
        yield "the initial option is not among the options"


# --- texts and composition objects -----------------------------------------------------------------------


def plain(most: int) -> Kind:
    """A plain_text object of at most `most` characters."""
    return kinds("a text", plain_text=Obj({"text": Str(most)}, {"emoji": YES}))


def text(most: int) -> Kind:
    """A plain_text or mrkdwn object of at most `most` characters."""
    return kinds(
        "a text",
        plain_text=Obj({"text": Str(most)}, {"emoji": YES}),
        mrkdwn=Obj({"text": Str(most)}, {"verbatim": YES}),
    )


CONFIRM = Obj(
    {"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)},
    {"style": Word(("primary", "danger"))},
)
OPTION = Obj({"text": plain(75), "value": Str(150)}, {"description": plain(75)})
OVERFLOW_OPTION = Obj({"text": plain(75), "value": Str(150)}, {"description": plain(75), "url": URL})
CHOICE_OPTION = Obj({"text": text(75), "value": Str(150)}, {"description": text(75)})
GROUP = Obj({"label": plain(75), "options": Many(OPTION, 100)})
SUGGESTIONS = Obj(  # what an external menu is answered; nothing that fits is an answer, too
    {},
    {"options": Many(OPTION, 100, 0), "option_groups": Many(GROUP, 100, 0)},
    (exactly_one("options", "option_groups"),),
)
SLACK_FILE = Obj({}, {"id": ID, "url": HTTPS}, (exactly_one("id", "url"),))
FILTER = Obj(
    {},
    {
        "include": Many(Word(("im", "mpim", "private", "public")), 4),
        "exclude_external_shared_channels": YES,
        "exclude_bot_users": YES,
    },
)
DISPATCH = Obj({}, {"trigger_actions_on": Many(Word(("on_enter_pressed", "on_character_entered")), 2)})

# --- elements --------------------------------------------------------------------------------------------

_ACT: Fields = {"action_id": ID, "confirm": CONFIRM, "focus_on_load": YES}
_MENU: Fields = {**_ACT, "placeholder": plain(150)}
_SEVERAL: Fields = {**_MENU, "max_selected_items": Int(1, 100)}
_OPTIONS: Fields = {"options": Many(OPTION, 100), "option_groups": Many(GROUP, 100)}
_ONE_SOURCE = (exactly_one("options", "option_groups"), initial_among_options)
_QUERY: Fields = {"min_query_length": Int(0, 100)}
_CONVERSATION: Fields = {
    "default_to_current_conversation": YES,
    "response_url_enabled": YES,
    "filter": FILTER,
}
_INPUT: Fields = {
    "action_id": ID,
    "placeholder": plain(150),
    "focus_on_load": YES,
    "dispatch_action_config": DISPATCH,
}
_FEEDBACK = Obj({"text": plain(75), "value": Str(2000)}, {"accessibility_label": Str(75)})

ELEMENTS = kinds(
    "an element",
    button=Obj(
        {"text": plain(75)},
        {
            "action_id": ID,
            "url": URL,
            "value": Str(2000),
            "style": Word(("primary", "danger")),
            "confirm": CONFIRM,
            "accessibility_label": Str(75),
        },
    ),
    static_select=Obj({}, {**_MENU, **_OPTIONS, "initial_option": OPTION}, _ONE_SOURCE),
    external_select=Obj({}, {**_MENU, **_QUERY, "initial_option": OPTION}),
    users_select=Obj({}, {**_MENU, "initial_user": ID}),
    conversations_select=Obj({}, {**_MENU, **_CONVERSATION, "initial_conversation": ID}),
    channels_select=Obj({}, {**_MENU, "initial_channel": ID, "response_url_enabled": YES}),
    multi_static_select=Obj({}, {**_SEVERAL, **_OPTIONS, "initial_options": Many(OPTION, 100)}, _ONE_SOURCE),
    multi_external_select=Obj({}, {**_SEVERAL, **_QUERY, "initial_options": Many(OPTION, 100)}),
    multi_users_select=Obj({}, {**_SEVERAL, "initial_users": Many(ID, 100)}),
    multi_conversations_select=Obj({}, {**_SEVERAL, **_CONVERSATION, "initial_conversations": Many(ID, 100)}),
    multi_channels_select=Obj({}, {**_SEVERAL, "initial_channels": Many(ID, 100)}),
    overflow=Obj({"options": Many(OVERFLOW_OPTION, 5)}, {"action_id": ID, "confirm": CONFIRM}),
    datepicker=Obj({}, {**_MENU, "initial_date": DATE}),
    timepicker=Obj({}, {**_MENU, "initial_time": TIME, "timezone": Str(100)}),
    datetimepicker=Obj({}, {**_ACT, "initial_date_time": Int(10**9, 10**10 - 1)}),
    checkboxes=Obj(
        {"options": Many(CHOICE_OPTION, 10)},
        {**_ACT, "initial_options": Many(CHOICE_OPTION, 10)},
        (initial_among_options,),
    ),
    radio_buttons=Obj(
        {"options": Many(CHOICE_OPTION, 10)},
        {**_ACT, "initial_option": CHOICE_OPTION},
        (initial_among_options,),
    ),
    image=Obj(
        {"alt_text": Str(2000)},
        {"image_url": IMAGE_URL, "slack_file": SLACK_FILE},
        (exactly_one("image_url", "slack_file"),),
    ),
    plain_text_input=Obj(
        {},
        {
            **_INPUT,
            "initial_value": Str(3000, 0),
            "multiline": YES,
            "min_length": Int(0, 3000),
            "max_length": Int(1, 3000),
        },
    ),
    email_text_input=Obj({}, {**_INPUT, "initial_value": Str(3000)}),
    url_text_input=Obj({}, {**_INPUT, "initial_value": URL}),
    number_input=Obj(
        {"is_decimal_allowed": YES},
        {**_INPUT, "initial_value": Str(100), "min_value": Str(100), "max_value": Str(100)},
    ),
    file_input=Obj({}, {"action_id": ID, "filetypes": Many(Str(50), 50), "max_files": Int(1, 10)}),
    feedback_buttons=Obj({"positive_button": _FEEDBACK, "negative_button": _FEEDBACK}, {"action_id": ID}),
    icon_button=Obj(
        {"icon": Word(("trash",)), "text": plain(75)},
        {
            "action_id": ID,
            "value": Str(2000),
            "confirm": CONFIRM,
            "accessibility_label": Str(75),
            "visible_to_user_ids": Many(ID, 100),
        },
    ),
)
_SELECTS = (
    "static_select",
    "external_select",
    "users_select",
    "conversations_select",
    "channels_select",
    "multi_static_select",
    "multi_external_select",
    "multi_users_select",
    "multi_conversations_select",
    "multi_channels_select",
)
_PICKS = ("datepicker", "timepicker", "checkboxes", "radio_buttons")
ACCESSORY = some(ELEMENTS, "button", "image", "overflow", *_SELECTS, *_PICKS)
ACTION = some(ELEMENTS, "button", "overflow", "datetimepicker", *_SELECTS, *_PICKS)
_TYPED = ("plain_text_input", "email_text_input", "url_text_input", "number_input", "file_input")
INPUT = some(ELEMENTS, *_TYPED, "datetimepicker", *_SELECTS, *_PICKS)
FEEDBACK = some(ELEMENTS, "feedback_buttons", "icon_button")
CONTEXT = Kind("an element", {**some(ELEMENTS, "image").shapes, **text(3000).shapes})
