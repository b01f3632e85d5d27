"""A titled list of lines as one block; the forms of a command stand out from what they do."""

from __future__ import annotations

from typing import Any

from bot.models import Phrase, Section
from bot.render import mrkdwn
from bot.render.lines import Reader

HELP = "commands.help_line"
_LONGEST = 600  # characters of a line


def draw(section: Section, reader: Reader) -> dict[str, Any]:
    """Return the section as a block, with an honest sign where not all of it fits."""
    title = [mrkdwn.bold(reader.phrase(section.title))] if section.title else []
    entries = [_entry(entry, reader) for entry in section.lines]
    words = mrkdwn.within(mrkdwn.SECTION, "\n", *title, *entries)
    return {"type": "section", "text": mrkdwn.text(words)}


def _entry(entry: Phrase | str, reader: Reader) -> mrkdwn.Mrkdwn:
    if isinstance(entry, Phrase) and entry.key == HELP:
        usage, summary = str(entry.values["usage"]), reader.phrase(entry.values["summary"])
        return mrkdwn.join("  ", mrkdwn.code(usage), mrkdwn.line(summary, _LONGEST))
    return mrkdwn.line(reader.phrase(entry), _LONGEST)
