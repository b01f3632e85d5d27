"""rich_text: Slack shows it word for word; no markup, entity or mention is read in it.

So article text travels here unchanged, and emphasis is a style of ours, never a character in the text.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

Element = dict[str, Any]
Run = tuple[str, str]  # text and style: "" plain, "bold", "italic", "strike"


def runs(parts: Iterable[Run]) -> list[Element]:
    """Return the text elements of styled pieces; empty ones are left out, as Slack refuses them."""
    return [
        {"type": "text", "text": clean, **({"style": {style: True}} if style else {})}
        for text, style in parts
        if (clean := text.replace("\x00", " "))
    ]


def quote(parts: Iterable[Run]) -> Element:
    """Return a block that sets the pieces off as a quotation."""
    return {"type": "rich_text", "elements": [{"type": "rich_text_quote", "elements": runs(parts)}]}


def paragraph(parts: Iterable[Run]) -> Element:
    """Return a block of running text."""
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": runs(parts)}]}
