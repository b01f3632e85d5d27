"""`msc export`: corrections leave as test cases, offsets right in the text that comes with them."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.correct import correct
from bot.models import Raw, Span, Verdict
from bot.services import services
from bot.settings import Settings
from bot.store import articles
from handlers.cli import build

TEXT = "Harbour news\n\nAda Lind said the harbour stays open.\nBo Falk called the plan a fairy tale.\n"


@pytest.fixture
def corrected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MSC_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv("MSC_DATABASE_URL", raising=False)
    asyncio.run(_correct())


async def _correct() -> None:
    from bot.ingest import ingest

    settings = Settings()
    async with services(settings) as built:
        raw = Raw("harbour.txt", TEXT.encode(), "text/plain", datetime(2026, 2, 14, tzinfo=UTC))
        await ingest(built.db, built.extractor, settings.workspace, [raw])
        (article,) = await articles.listing(built.db, settings.workspace)
        said = Span(TEXT.index("the harbour"), TEXT.index(" open.") + 5)
        tale = Span(TEXT.index("a fairy tale"), TEXT.index(" tale.") + 5)
        workspace = settings.workspace
        await correct(built.db, workspace, article.id, said, Verdict.SPEAKER, speaker="Bo Falk")
        await correct(built.db, workspace, article.id, tale, Verdict.NOT_QUOTATION)


@pytest.mark.usefixtures("corrected")
def test_each_correction_is_a_case_with_its_text() -> None:
    result = CliRunner().invoke(build(), ["export"])
    wrong_speaker, no_quotation = (json.loads(line) for line in result.stdout.splitlines())
    start, end = wrong_speaker["quotations"][0]["content"]
    assert wrong_speaker["text"][start:end] == "the harbour stays open"
    assert wrong_speaker["quotations"][0]["speaker"] == "Bo Falk"
    start, end = no_quotation["not_quotations"][0]
    assert no_quotation["text"][start:end] == "a fairy tale"
    assert no_quotation["quotations"] == []


@pytest.mark.usefixtures("corrected")
def test_cases_are_written_where_asked(tmp_path: Path) -> None:
    output = tmp_path / "cases.jsonl"
    result = CliRunner().invoke(build(), ["export", "-o", str(output)])
    assert result.exit_code == 0
    assert len(output.read_text("utf-8").splitlines()) == 2
