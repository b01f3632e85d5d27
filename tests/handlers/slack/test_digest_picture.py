"""The picture of a digest: its numbers in words, its stand-in of text, posted once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.json import JSONSnapshotExtension

from bot.store import outbox
from handlers.standin import Message
from tests.handlers.slack import _listeners as way
from tests.handlers.slack._office import Office, tomorrow
from tests.handlers.slack._office import office as office


async def test_the_picture_of_counts_carries_its_numbers_in_words(office: Office) -> None:
    await office.subscribe()
    await office.tick(tomorrow())
    (parent,) = [m for m in office.slack.messages("#general") if "Themes of" in m.text]
    (picture,) = [m for m in office.slack.messages("#general", thread=parent.ts) if m.files]
    (file,) = picture.files
    assert file["mimetype"] == "image/png"
    assert "Quotations a day on each theme" in file["alt_txt"]
    assert office.slack.state.files[file["id"]].data.startswith(b"\x89PNG")


async def test_a_posted_digest_and_its_picture_are_built_as_they_were(
    office: Office, snapshot: SnapshotAssertion
) -> None:
    await office.subscribe()
    await office.tick(tomorrow())
    (parent,) = [m for m in office.slack.messages("#general") if "Themes of" in m.text]
    posted = [built(m) for m in office.slack.messages("#general", thread=parent.ts)[:2]]
    assert posted == snapshot.use_extension(JSONSnapshotExtension)


def built(message: Message) -> dict[str, object]:
    """Return what a message is made of; its words change with what extraction finds in the seeds."""
    return {
        "blocks": [block["type"] for block in message.blocks],
        "elements": [e["action_id"] for e in message.elements()],
        "files": [way.plain(file["title"]) for file in message.files],
    }


async def test_without_the_scope_for_files_text_bars_stand_for_the_picture(office: Office) -> None:
    office.slack.without_scope("files:write")
    await office.subscribe()
    await office.tick(tomorrow())
    (parent,) = [m for m in office.slack.messages("#general") if "Themes of" in m.text]
    thread = office.slack.messages("#general", thread=parent.ts)
    assert not any(m.files for m in thread)
    assert any("█" in m.words() for m in thread)
    assert await outbox.counts(office.services.db, office.slack.team.id) == {"posted": 8}


@pytest.mark.parametrize("reset", ["before", "after"])
async def test_a_picture_whose_connection_breaks_stands_there_once(office: Office, reset: str) -> None:
    await office.subscribe()
    office.slack.fail("files.completeUploadExternal", reset=reset)
    await office.tick(tomorrow())
    await office.tick(tomorrow() + timedelta(minutes=5))
    await office.tick(tomorrow() + timedelta(minutes=10))
    (parent,) = [m for m in office.slack.messages("#general") if "Themes of" in m.text]
    pictures = [m for m in office.slack.messages("#general", thread=parent.ts) if m.files]
    assert len(pictures) == 1
