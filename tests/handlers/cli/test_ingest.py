"""The terminal's commands over the store, as a user types them."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from bot.store import migrate
from tests.handlers.cli.conftest import Msc

NEWS = "“We open on Monday,” said Mayor Ada Lind of Harbour.\n\nThe works cost 4.5 million euros.\n"


def test_articles_are_read_once_listed_and_answered(msc: Msc, tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "harbour.txt").write_text(NEWS)
    (folder / "binary.txt").write_bytes(b"\x00\x01\x02" * 100)

    first = msc("ingest", str(folder), str(tmp_path / "gone.txt"))
    assert first.code == 1
    assert first.out.splitlines()[-1] == "1 new, 0 replaced, 0 unchanged, 2 failed"
    assert re.search(r"^msc: .*binary\.txt: ", first.err, re.M)
    assert re.search(r"^msc: .*gone\.txt: does not exist$", first.err, re.M)
    assert "Traceback" not in first.err

    again = msc("ingest", str(folder / "harbour.txt"))
    assert again.code == 0
    assert again.out.splitlines()[-1] == "0 new, 0 replaced, 1 unchanged, 0 failed"

    assert "harbour.txt" in msc("articles").out
    answer = msc("ask", "what did Ada Lind say")
    assert "We open on Monday" in answer.out


def test_standard_input_is_a_source(msc: Msc) -> None:
    assert msc("ingest", "-", typed=NEWS).out.endswith("1 new, 0 replaced, 0 unchanged, 0 failed\n")


def test_wrong_usage_exits_with_two(msc: Msc) -> None:
    assert msc("ingest").code == 2
    assert msc("ingset", "x").code == 2
    wrong = msc("sources", MSC_DATABASE_URL="mysql://localhost/msc")
    assert wrong.code == 2
    assert wrong.err == "msc: MSC_DATABASE_URL names 'mysql'; use sqlite:///FILE or postgresql://…\n"
    assert msc("sources", MSC_PORT="many").code == 2


def test_a_database_that_cannot_be_opened_is_one_sentence(msc: Msc, tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text("milk, eggs, " * 500)
    told = msc("sources", MSC_DATABASE_URL=f"sqlite:///{tmp_path / 'list.txt'}")
    assert told.code == 1
    assert re.fullmatch(
        r"msc: The database .*list\.txt can't be opened: file is not a database; .*\n", told.err
    )


def test_doctor_tells_how_everything_is(msc: Msc) -> None:
    before = msc("doctor")
    assert before.code == 0
    assert re.search(r"^ok +database +not made yet", before.out, re.M)

    assert "from nothing to" in msc("migrate").out
    assert msc("migrate", "--check").out == f"The schema is up to date ({migrate.head()}).\n"
    after = msc("doctor", MSC_SPACY_MODEL="xx_none", SLACK_BOT_TOKEN="xoxb-1")
    assert after.code == 1
    assert re.search(rf"^ok +schema +{migrate.head()}$", after.out, re.M)
    assert re.search(r"^NOT +model +xx_none is not installed", after.out, re.M)
    assert re.search(r"^NOT +slack +SLACK_APP_TOKEN missing", after.out, re.M)
    assert "xoxb-1" not in after.out


def test_the_demo_has_a_database_of_its_own(msc: Msc, tmp_path: Path) -> None:
    shown = msc("demo", "--no-serve")

    assert shown.code == 0, shown.err
    for question in ("who mentioned Greenland", "what did Rubio say about migration", "quotes Kallas"):
        assert f"/msc {question}" in shown.out
    assert [p.name for p in (tmp_path / "data").iterdir()] == ["demo.db"]


def test_ctrl_c_keeps_what_was_done(msc: Msc, tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    for n in range(300):
        (folder / f"{n:03}.txt").write_text(f"Report {n}.\n\n{NEWS * 20}")
    running = subprocess.Popen(
        [sys.executable, "-m", "bot", "ingest", "--processes", "1", str(folder)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),  # ignored in a shell's background
    )  # fmt: skip
    assert running.stdout is not None
    assert "000.txt" in running.stdout.readline()
    running.send_signal(signal.SIGINT)
    _, told = running.communicate(timeout=60)

    assert running.returncode == 130
    assert "Traceback" not in told
    stopped = re.search(r"Stopped: (\d+) new", told)
    assert stopped
    assert 1 <= int(stopped[1]) <= len(msc("articles").out.splitlines()) < 300


def test_a_log_tells_the_pace_of_a_long_run(
    msc: Msc, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handlers.cli._progress._EVERY", 0.0)
    rows = [f'{{"text": "“Quay {n} opens,” said Mayor Ada Lind.", "id": {n}}}\n' for n in range(3)]
    (tmp_path / "many.jsonl").write_text("".join([*rows, "broken\n"]))

    done = msc("ingest", str(tmp_path / "many.jsonl"))

    assert "many.jsonl, line 4: is no JSON" in done.err
    assert "4 of 4" in done.err.splitlines()[-1]
    assert done.out.splitlines()[-1] == "3 new, 0 replaced, 0 unchanged, 1 failed"
