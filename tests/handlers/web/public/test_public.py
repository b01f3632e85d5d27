"""Anybody may read what this is, what becomes of their data, and where to get help."""

from __future__ import annotations

import re

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.settings import Settings
from handlers.web import public
from handlers.web.app import build


async def read(path: str, contact: str = "", install: str | None = None) -> str:
    settings = Settings(_env_file=None, contact=contact)
    app = build(pages=public.pages(settings, install))
    async with TestClient(TestServer(app)) as client, client.get(path) as answer:
        assert answer.status == 200
        assert answer.content_type == "text/html"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        return await answer.text()


async def test_the_landing_page_says_what_it_is_and_how_to_install_it() -> None:
    assert 'href="/slack/install"' in await read("/", install="/slack/install")
    assert "Add to Slack" not in await read("/")


@pytest.mark.parametrize("path", ["/privacy", "/support"])
async def test_help_is_a_mail_address_or_a_page(path: str) -> None:
    assert 'href="mailto:help@example.org"' in await read(path, "help@example.org")
    assert 'href="https://example.org/help"' in await read(path, "https://example.org/help")
    assert "mailto:" not in await read(path)


async def test_privacy_says_what_is_kept_and_until_when() -> None:
    page = re.sub(r"\s+", " ", await read("/privacy"))
    for word in ("50 questions", "Articles", "token, encrypted", "retention", "Removing the app"):
        assert word in page


@pytest.mark.parametrize("path", ["/", "/privacy", "/support"])
async def test_a_page_needs_nothing_from_elsewhere(path: str) -> None:
    page = await read(path, '"><script>alert(1)</script>')
    assert "<script" not in page
    assert re.findall(r'(?:src|href)="(?:https?:)?//', page) == []
    assert '<html lang="en">' in page and "<h1>" in page and "viewport" in page
