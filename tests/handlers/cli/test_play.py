"""`msc play`: what it offers is what the app declares, and a port in use is said in one sentence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from aiohttp import ClientSession

from bot.errors import SettingError
from bot.settings import Settings
from handlers.cli.play import SHORTCUTS, hints, started
from handlers.commands import registry

ROOT = Path(__file__).resolve().parent.parent.parent.parent


def settings(folder: Path, port: int = 0) -> Settings:
    return Settings(_env_file=None, data_dir=folder, port=port)


def test_the_shortcuts_are_those_of_the_manifest() -> None:
    for name in ("manifest-http.json", "manifest-socket.json"):
        manifest = json.loads((ROOT / "deploy" / "slack" / name).read_text())
        declared = {(s["name"], s["callback_id"], s["type"]) for s in manifest["features"]["shortcuts"]}
        assert {(s.name, s.callback_id, s.kind) for s in SHORTCUTS} == declared


def test_every_command_is_suggested_with_what_it_does() -> None:
    typed = {hint.typed for hint in hints()}
    assert "/msc who mentioned " in typed
    assert all(any(t.startswith(f"/msc {name}") for t in typed) for name in registry())
    assert all(hint.about for hint in hints())


async def test_the_playground_opens_over_an_empty_database(tmp_path: Path) -> None:
    async with started(settings(tmp_path)) as address, ClientSession() as http, http.get(address) as page:
        assert page.status == 200
        assert "This is #general" in await page.text()


async def test_a_port_in_use_is_named(tmp_path: Path) -> None:
    async with started(settings(tmp_path / "one")) as address:
        port = int(address.rpartition(":")[2])
        with pytest.raises(SettingError, match=f"port {port} on 127.0.0.1 is in use"):
            async with started(settings(tmp_path / "two", port)):
                pass
