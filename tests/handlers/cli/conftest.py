"""The terminal as a user has it, for every test of its commands."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import NamedTuple, Protocol

import pytest
from typer.testing import CliRunner

from handlers.cli import build, main

SEEDS = Path(__file__).parents[3] / "seeds" / "articles"


class Printed(NamedTuple):
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str


class Msc(Protocol):
    """Runs `msc` with these words."""

    def __call__(self, *words: str, typed: str = "", **settings: str) -> Printed: ...


@pytest.fixture
def msc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Iterator[Msc]:
    """The terminal, with no settings but a data folder of the test's own."""
    for name in [n for n in os.environ if n.startswith(("MSC_", "SLACK_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("MSC_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "200")
    handlers = logging.getLogger().handlers[:]

    def run(*words: str, typed: str = "", **settings: str) -> Printed:
        with monkeypatch.context() as changed, pytest.raises(SystemExit) as left:
            for name, value in settings.items():
                changed.setenv(name, value)
            changed.setattr(sys, "argv", ["msc", *words])
            changed.setattr(sys, "stdin", TextIOWrapper(BytesIO(typed.encode())))
            main()
        return Printed(int(left.value.code or 0), *capfd.readouterr())

    yield run
    logging.getLogger().handlers = handlers


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder into which the seeds were read once; tests leave it as it is."""
    folder = tmp_path_factory.mktemp("msc")
    env = {"MSC_DATA_DIR": str(folder), "MSC_PROCESSES": "1"}
    result = CliRunner().invoke(build(), ["ingest", str(SEEDS)], env=env)
    assert result.exit_code == 0, result.output
    return folder
