"""Files, folders and globs are read; what can't be read is named with its reason and the rest goes on."""

from __future__ import annotations

import io
import os
from pathlib import Path
from types import SimpleNamespace

import pytest

import seeds
from bot.errors import SourceError
from bot.fetch.files import read
from bot.models import Raw


def _read(*sources: str | Path) -> tuple[list[str], dict[str, str]]:
    """Return the names of what was read and name → reason of what was not."""
    names, faults = [], {}
    for found in read(map(str, sources)):
        if isinstance(found, Raw):
            names.append(Path(found.source).name)
        else:
            faults[Path(found.source).name] = found.reason
    return names, faults


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.txt", "a.md", "deep/er/c.html", ".hidden.txt", ".git/d.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Some words.")
    return tmp_path


def test_a_folder_is_read_to_its_depth_in_order_and_hidden_entries_stay_out(folder: Path) -> None:
    assert _read(folder) == (["a.md", "b.txt", "c.html"], {})


def test_a_glob_and_a_folder_name_a_file_once(folder: Path) -> None:
    assert _read(folder, f"{folder}/*.txt", folder / "b.txt")[0] == ["a.md", "b.txt", "c.html"]


def test_the_kind_comes_from_the_name(folder: Path) -> None:
    kinds = [found.media for found in read([str(folder)]) if isinstance(found, Raw)]
    assert kinds == ["text/markdown", "text/plain", "text/html"]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("empty.txt", b"", "is empty"),
        ("blank.txt", b" \n\t\n", "is empty"),
        ("large.txt", b"word " * 1_000_001, "larger than 5 MB"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "is binary"),
        ("zeros.md", b"abc\x00\x01\x02\x03" * 50, "is binary"),
        ("report.docx", b"PK\x03\x04", "of a kind that can't be read"),
        ("noending", b"words", "of a kind that can't be read"),
    ],
)
def test_a_broken_file_is_named_and_the_rest_goes_on(
    folder: Path, name: str, data: bytes, reason: str
) -> None:
    (folder / name).write_bytes(data)
    names, faults = _read(folder)
    assert names == ["a.md", "b.txt", "c.html"]
    assert list(faults) == [name]
    assert reason in faults[name]


def test_what_is_not_there_is_said(folder: Path) -> None:
    names, faults = _read(folder / "gone.txt", f"{folder}/*.eml", folder / "b.txt")
    assert names == ["b.txt"]
    assert faults == {"gone.txt": "does not exist", "*.eml": "matches no file"}


def test_a_dead_link_a_circle_and_a_pipe_do_not_stop_it(folder: Path) -> None:
    (folder / "dead.txt").symlink_to(folder / "nowhere")
    (folder / "circle").symlink_to(folder)
    os.mkfifo(folder / "pipe.txt")
    names, faults = _read(folder)
    assert names == ["a.md", "b.txt", "c.html"]
    assert faults == {"dead.txt": "does not exist", "pipe.txt": "is not an ordinary file"} | {
        key: value for key, value in faults.items() if key == "circle"
    }


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_named(folder: Path) -> None:
    (folder / "b.txt").chmod(0)
    assert "permissions" in _read(folder)[1]["b.txt"]


def test_a_folder_without_files_is_said(tmp_path: Path) -> None:
    assert _read(tmp_path)[1] == {tmp_path.name: "holds no file"}


def test_utf16_is_text_although_it_is_full_of_zeros(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("Words of a minister.".encode("utf-16-le"))
    assert _read(tmp_path) == (["a.txt"], {})


@pytest.mark.parametrize(
    ("data", "media"), [(b"Plain words.", "text/plain"), (b"<!DOCTYPE html><p>x", "text/html")]
)
def test_a_dash_reads_standard_input(monkeypatch: pytest.MonkeyPatch, data: bytes, media: str) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(data)))
    (found,) = read(["-"])
    assert isinstance(found, Raw)
    assert (found.data, found.media) == (data, media)
    assert found.source.startswith("stdin:")


def test_a_saved_feed_gives_the_articles_that_it_carries() -> None:
    feed = Path(seeds.__file__).parent / "feeds" / "munich.xml"
    names, faults = _read(feed)
    assert names == ["deterrence"]
    assert faults["rubio-munich"] == "is only linked in munich.xml; add its address"


def test_xml_that_is_no_feed_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text("<note>words</note>")
    assert _read(tmp_path)[1] == {"a.xml": "is no feed that can be read"}


def test_a_name_with_a_zero_byte_is_refused() -> None:
    (found,) = read(["a\x00b.txt"])
    assert isinstance(found, SourceError)
