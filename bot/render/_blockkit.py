"""Slack's Block Kit, written down as shapes: fields, limits, and what may stand where.

Figures: docs.slack.dev/reference/block-kit, read in November 2026; where sources disagree the smaller
figure stands. Blocks that this product never sends (card, carousel, plan, …) are left out, so sending one
is a fault.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.render._elements import (
    ACCESSORY,
    ACTION,
    CONTEXT,
    FEEDBACK,
    HTTPS,
    ID,
    IMAGE_URL,
    INPUT,
    SLACK_FILE,
    URL,
    YES,
    exactly_one,
    kinds,
    plain,
    some,
    text,
)
from bot.render._shape import Fields, Int, Kind, Many, Obj, Str, Word

MOST_BLOCKS = {"message": 50, "home": 100, "modal": 100}

# --- rich text -------------------------------------------------------------------------------------------

_STYLE = Obj({}, dict.fromkeys(("bold", "italic", "strike", "code", "underline", "highlight"), YES))
_STYLED: Fields = {"style": _STYLE}
INLINE = kinds(
    "a piece of rich text",
    text=Obj({"text": Str(13000)}, _STYLED),
    link=Obj({"url": URL}, {**_STYLED, "text": Str(3000), "unsafe": YES}),
    emoji=Obj({"name": Str(100)}, {**_STYLED, "unicode": Str(100), "skin_tone": Int(1, 6)}),
    user=Obj({"user_id": ID}, _STYLED),
    usergroup=Obj({"usergroup_id": ID}, _STYLED),
    channel=Obj({"channel_id": ID}, _STYLED),
    broadcast=Obj({"range": Word(("here", "channel", "everyone"))}, _STYLED),
    date=Obj({"timestamp": Int(0), "format": Str(200)}, {**_STYLED, "url": URL, "fallback": Str(200)}),
    color=Obj({"value": Str(7, pattern=r"#[0-9A-Fa-f]{6}", like="a colour such as #1A5FB4")}, _STYLED),
)
_PIECES = Many(INLINE, 1000, 0)
_BORDER: Fields = {"border": Int(0, 1)}
_SECTIONS = kinds("a section of rich text", rich_text_section=Obj({"elements": _PIECES}))
RICH = Kind(
    "a part of rich text",
    {
        **_SECTIONS.shapes,
        **kinds(
            "",
            rich_text_list=Obj(
                {"style": Word(("bullet", "ordered")), "elements": Many(_SECTIONS, 1000)},
                {"indent": Int(0, 8), "offset": Int(0), **_BORDER},
            ),
            rich_text_preformatted=Obj({"elements": _PIECES}, {**_BORDER, "language": Str(50)}),
            rich_text_quote=Obj({"elements": _PIECES}, _BORDER),
        ).shapes,
    },
)
RICH_TEXT = Obj({"elements": Many(RICH, 1000)}, {"block_id": ID})


def text_or_fields(value: Mapping[str, Any]) -> Iterator[str]:
    """A section without text and without fields shows nothing."""
    if "text" not in value and "fields" not in value:
        yield "needs text or fields"


# --- blocks ----------------------------------------------------------------------------------------------

CELL = kinds("a cell", raw_text=Obj({"text": Str(10000)}), rich_text=RICH_TEXT)
COLUMN = Obj({}, {"align": Word(("left", "center", "right")), "is_wrapped": YES})
_ID: Fields = {"block_id": ID}

BLOCKS = kinds(
    "a block",
    section=Obj(
        {},
        {**_ID, "text": text(3000), "fields": Many(text(2000), 10), "accessory": ACCESSORY, "expand": YES},
        (text_or_fields,),
    ),
    header=Obj({"text": plain(150)}, _ID),
    divider=Obj({}, _ID),
    image=Obj(
        {"alt_text": Str(2000)},
        {**_ID, "image_url": IMAGE_URL, "slack_file": SLACK_FILE, "title": plain(2000)},
        (exactly_one("image_url", "slack_file"),),
    ),
    context=Obj({"elements": Many(CONTEXT, 10)}, _ID),
    actions=Obj({"elements": Many(ACTION, 25)}, _ID),
    input=Obj(
        {"label": plain(2000), "element": INPUT},
        {**_ID, "hint": plain(2000), "optional": YES, "dispatch_action": YES},
    ),
    rich_text=RICH_TEXT,
    video=Obj(
        {
            "title": plain(200),
            "video_url": HTTPS,
            "thumbnail_url": IMAGE_URL,
            "alt_text": Str(2000),
        },
        {
            **_ID,
            "title_url": HTTPS,
            "description": plain(200),
            "author_name": Str(50),
            "provider_name": Str(50),
            "provider_icon_url": IMAGE_URL,
        },
    ),
    table=Obj({"rows": Many(Many(CELL, 20), 100)}, {**_ID, "column_settings": Many(COLUMN, 20)}),
    markdown=Obj({"text": Str(12000)}, _ID),
    context_actions=Obj({"elements": Many(FEEDBACK, 5)}, _ID),
    alert=Obj(
        {"text": text(200)}, {**_ID, "level": Word(("default", "info", "warning", "error", "success"))}
    ),
)
_EVERYWHERE = (
    "section",
    "header",
    "divider",
    "image",
    "context",
    "actions",
    "input",
    "rich_text",
    "video",
)
SURFACES = {
    "message": some(BLOCKS, *_EVERYWHERE, "table", "markdown", "context_actions"),
    "home": some(BLOCKS, *_EVERYWHERE, "table"),
    "modal": some(BLOCKS, *_EVERYWHERE, "alert"),
}

# --- views -----------------------------------------------------------------------------------------------

_VIEW: Fields = {"private_metadata": Str(3000, 0), "callback_id": Str(255, 0), "external_id": Str(255, 0)}
VIEWS = kinds(
    "a view",
    modal=Obj(
        {"title": plain(24), "blocks": Many(SURFACES["modal"], MOST_BLOCKS["modal"])},
        {
            **_VIEW,
            "submit": plain(24),
            "close": plain(24),
            "clear_on_close": YES,
            "notify_on_close": YES,
            "submit_disabled": YES,
        },
    ),
    home=Obj({"blocks": Many(SURFACES["home"], MOST_BLOCKS["home"])}, _VIEW),
)
MESSAGE = Many(SURFACES["message"], MOST_BLOCKS["message"])
