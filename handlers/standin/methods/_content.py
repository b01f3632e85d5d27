"""What a message may consist of: used by the chat methods and by response_url."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.render.validate import MOST_BLOCK_TEXT, faults
from handlers.standin.methods._call import messages
from handlers.standin.state import Refused
from handlers.standin.values import Json, frozen


def content(params: Mapping[str, Any]) -> Json:
    """Return text, blocks and unfurling of a message; raises Refused with Slack's error code.

    Stricter than Slack in one thing: blocks without a `text` fallback are refused, too.
    """
    text, blocks = params.get("text") or "", params.get("blocks") or []
    if not text and not blocks:
        raise Refused("no_text")
    return {
        "text": text,
        "blocks": frozen(_valid(blocks, text if isinstance(text, str) else None)),
        "unfurl_links": params.get("unfurl_links") not in (False, "false", "0"),
        "unfurl_media": params.get("unfurl_media") not in (False, "false", "0"),
    }


def previews(unfurls: Any) -> Mapping[str, Json]:
    """Return the previews of links by address; raises Refused with Slack's error code.

    Each is a message of blocks alone: it stands below somebody's own words and needs no fallback.
    """
    if not isinstance(unfurls, dict) or not unfurls:
        raise Refused("cannot_parse_attachment")
    for address, preview in unfurls.items():
        if not address.startswith(("http://", "https://")) or not isinstance(preview, dict):
            raise Refused("cannot_parse_attachment")
        _valid(preview.get("blocks"), "a preview")
    return unfurls


def _valid(blocks: Any, text: str | None) -> list[Json]:
    """The blocks of a message, when Slack takes them; raises Refused."""
    if not isinstance(blocks, list):
        raise Refused("invalid_blocks_format")
    found = faults("message", blocks, text)
    if any(str(MOST_BLOCK_TEXT) in fault for fault in found):
        raise Refused("msg_blocks_too_long", **messages([f"[ERROR] {fault}" for fault in found]))
    if found:
        raise Refused("invalid_blocks", **messages([f"[ERROR] {fault}" for fault in found]))
    return blocks
