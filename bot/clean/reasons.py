"""What a rule of cleaning means, in words for the reader."""

from __future__ import annotations

from bot.clean import wording

_MEANINGS = {
    "front matter": "is the file's head, with title, author or date",
    "label": "is the paper speaking of its own work, with the paragraph that follows",
    "date line": "holds a date and nothing else",
    "dateline": "opens the report with place, date or agency",
    "byline": "names who wrote or edited it",
    "about the author": "tells who wrote it",
    "publisher": "names the paper",
    "repeated": "stands above already",
    "markup": "is markup of a heading",
    "separator": "holds no words",
}


def meaning(rule: str) -> str:
    """Return why a rule leaves text out, as a clause: "asks to share or to follow"."""
    return _MEANINGS.get(rule) or next((w.why for w in wording.wordings() if w.name == rule), "is no report")
