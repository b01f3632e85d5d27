"""A person looks at what was found in an article and corrects it; nobody else's page can."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.models import Span
from bot.reference import Reference
from bot.search import Searcher
from bot.services import Services
from bot.settings import Settings
from bot.store import Database, articles, findings
from handlers.web.app import build
from handlers.web.articles import attach
from tests.handlers.slack import _corpus

Client = TestClient[Any, Any]
FIELD = re.compile(r'name="(token|start|end)" value="([^"]*)"')


@pytest.fixture
async def services(sqlite_database: Database) -> Services:
    settings = Settings(_env_file=None)
    await _corpus.save(sqlite_database, settings.workspace)
    searcher = Searcher(sqlite_database, Reference())
    return Services(settings, Reference(), sqlite_database, None, searcher, None, None)  # type: ignore[arg-type]


@pytest.fixture
async def client(services: Services) -> AsyncIterator[Client]:
    app = build()
    attach(app, services)
    async with TestClient(TestServer(app)) as running:
        yield running


async def first(services: Services) -> int:
    """An article with a quotation."""
    held = await articles.listing(services.db, services.settings.workspace)
    return next(a.id for a in held if a.quotations)


async def form(client: Client, article: int) -> dict[str, str]:
    """The fields of the first form on an article's page."""
    async with client.get(f"/articles/{article}") as answer:
        fields = FIELD.findall(await answer.text())
    return dict(fields[:3])


async def post(
    client: Client, article: int, fields: dict[str, str], origin: str | None = None
) -> tuple[int, str]:
    own = str(client.make_url("")).rstrip("/")
    sent = client.post(
        f"/articles/{article}/corrections",
        data=fields,
        headers={"Origin": origin or own},
        allow_redirects=False,
    )
    async with sent as answer:
        return answer.status, await answer.text()


async def speakers(services: Services, article: int) -> dict[Span, str | None]:
    rows = await findings.quotations_of(services.db, services.settings.workspace, article)
    return {
        Span(r.quotation.content[0].start, r.quotation.content[-1].end): r.quotation.speaker for r in rows
    }


async def test_the_list_leads_to_each_article_with_its_findings_marked(
    client: Client, services: Services
) -> None:
    async with client.get("/articles/") as answer:
        text = await answer.text()
    assert text.count("/articles/") == len(await articles.listing(services.db, services.settings.workspace))
    async with client.get(f"/articles/{await first(services)}") as answer:
        assert "Correct it" in await answer.text()


async def test_a_speaker_that_is_set_is_the_speaker_from_then_on(client: Client, services: Services) -> None:
    article = await first(services)
    fields = await form(client, article)
    status, _ = await post(client, article, fields | {"verdict": "speaker", "speaker": "Berta Example"})
    assert status == 303
    span = Span(int(fields["start"]), int(fields["end"]))
    held = await articles.listing(services.db, services.settings.workspace)
    now = {span: name for a in held for span, name in (await speakers(services, a.id)).items()}
    assert now[span] == "Berta Example"


async def test_what_is_no_quotation_is_gone(client: Client, services: Services) -> None:
    article = await first(services)
    before = await speakers(services, article)
    fields = await form(client, article)
    assert (await post(client, article, fields | {"verdict": "not_quotation"}))[0] == 303
    assert len(await speakers(services, article)) == len(before) - 1


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"token": ""}, 403),
        ({"token": "ü" * 64}, 403),
        ({"start": "x"}, 400),
        ({"start": "-1"}, 400),
        ({"end": "99999999"}, 400),
        ({"verdict": "frobnicate"}, 400),
        ({"speaker": "x" * 5000}, 400),
    ],
)
async def test_a_form_that_was_tampered_with_changes_nothing(
    client: Client, services: Services, changes: dict[str, str], status: int
) -> None:
    article = await first(services)
    before = await speakers(services, article)
    fields = await form(client, article) | {"verdict": "speaker", "speaker": "Berta Example"} | changes
    answered, sentence = await post(client, article, fields)
    assert (answered, sentence.endswith(".")) == (status, True)
    assert await speakers(services, article) == before


async def test_another_site_changes_nothing(client: Client, services: Services) -> None:
    article = await first(services)
    fields = await form(client, article) | {"verdict": "not_quotation"}
    assert (await post(client, article, fields, "https://evil.example"))[0] == 403


async def test_only_the_page_s_own_style_and_script_may_run(client: Client, services: Services) -> None:
    async with client.get(f"/articles/{await first(services)}") as answer:
        policy = answer.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "script-src 'sha256-" in policy


@pytest.mark.parametrize("path", ["/articles/999", "/articles/123456789012345678", "/articles/x"])
async def test_an_article_that_is_not_there(client: Client, path: str) -> None:
    async with client.get(path) as answer:
        assert answer.status == 404
