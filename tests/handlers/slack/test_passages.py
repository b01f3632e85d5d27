"""Whatever an answer shows can be shown in its context: over our own reports, in every kind of answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.fetch import files
from bot.ingest import ingest
from bot.models import Asker
from bot.render import blocks, context, lines
from bot.render.lines import Reader
from bot.render.state import State, pack, unpack
from bot.render.validate import faults, view_faults
from bot.services import services
from bot.settings import Settings
from handlers.commands._dispatch import dispatch
from handlers.slack.passages import place

SEEDS = Path(__file__).resolve().parents[3] / "seeds" / "articles"
QUESTIONS = (
    "who mentioned Greenland", "facts NATO", "Europe", "quotes Kallas", "which article is sponsored",
    "what did Rubio say about migration", 'verify "Greenland is not for sale"', "who mentioned Atlantis",
)  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder for the module."""
    return tmp_path_factory.mktemp("data")


async def test_every_answer_has_its_context(folder: Path) -> None:
    asker = Asker("local", "U1", "C1")
    async with services(Settings(_env_file=None, data_dir=folder)) as found:
        await ingest(found.db, found.extractor, "local", files.read([str(SEEDS)]), processes=1)
        for question in QUESTIONS:
            reply = await dispatch(found, asker, question)
            text, drawn = blocks.draw(reply, Reader(state=State(question)))
            assert faults("message", drawn, text) == []
            for answer in lines.everything(reply):
                shown = await place(found, asker, unpack(pack(State(question).of(answer))))
                assert view_faults(context.draw(shown, Reader())) == []
                assert shown.spans == answer.spans
