"""`msc forget` removes a workspace when it is sure, and says what that is."""

from __future__ import annotations

from pathlib import Path

from tests.handlers.cli.conftest import Msc

NEWS = "Ferries\n\n“The ferry will sail,” said Siri Vang, the harbour master, on Tuesday in Nordby.\n"


def test_it_asks_and_tells_and_removes(msc: Msc, tmp_path: Path) -> None:
    (tmp_path / "news.txt").write_text(NEWS)
    assert msc("ingest", str(tmp_path / "news.txt"), MSC_WORKSPACE="T1").code == 0

    refused = msc("forget", "T1", typed="n\n")
    assert refused.code == 1 and "1 in articles" in refused.out

    done = msc("forget", "T1", "--yes")
    assert done.code == 0 and "Everything of the workspace T1 is removed." in done.out
    assert msc("forget", "T1").out == "There is nothing of the workspace T1.\n"
