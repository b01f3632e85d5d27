"""The whole product in a real browser: our own articles, the real bot, the playground, Chromium."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright, expect

from bot.fetch import files
from bot.ingest import ingest
from bot.services import services
from bot.settings import Settings
from handlers.cli.play import started
from tests._postgres import Server, create
from tests.journeys._cluster import Playgrounds, playgrounds

SEEDS = Path(__file__).resolve().parent.parent.parent / "seeds" / "articles"
WAIT = 20_000  # milliseconds; a busy machine is no fault
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@pytest.fixture(scope="session")
def chromium() -> str:
    """The system's Chromium; without one the journeys are skipped."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        pytest.skip("no Chromium on this machine; `apt-get install chromium` brings one")
    return found


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def corpus(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with our own articles in it, read once."""
    folder = tmp_path_factory.mktemp("corpus")
    settings = Settings(_env_file=None, data_dir=folder)
    async with services(settings) as found:
        await ingest(found.db, found.extractor, settings.workspace, files.read([str(SEEDS)]))
    return folder


expect.set_options(timeout=WAIT)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that has the journeys made over several processes."""
    parser.addoption(
        "--cluster", action="store_true", help="journeys over two web replicas, two workers and PostgreSQL"
    )


@pytest.fixture
def ground(request: pytest.FixtureRequest) -> Path | Playgrounds:
    """What playgrounds are made over: a data folder, or a cluster."""
    cluster = request.config.getoption("--cluster")
    made: Path | Playgrounds = request.getfixturevalue("cluster_playgrounds" if cluster else "corpus")
    return made


@pytest_asyncio.fixture(loop_scope="session")
async def address(ground: Path | Playgrounds, tmp_path: Path) -> AsyncIterator[str]:
    """A playground of its own for each journey."""
    if isinstance(ground, Playgrounds):
        async with ground.another() as url:  # noqa: ASYNC240  no path
            yield url
        return
    data = tmp_path / "data"
    shutil.copytree(ground, data)
    async with started(Settings(_env_file=None, data_dir=data, port=0)) as url:
        yield url


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def cluster_playgrounds(
    chromium: str, postgres_server: Server, postgres_template: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Playgrounds]:
    """Two web replicas and two workers over our own articles in PostgreSQL."""
    await create(postgres_server, "journeys", postgres_template)
    async with playgrounds(postgres_server.url("journeys"), tmp_path_factory.mktemp("cluster")) as made:
        yield made


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(chromium: str) -> AsyncIterator[Browser]:
    """A headless Chromium that reaches nothing but this machine."""
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield running
        await running.close()


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser, address: str) -> AsyncIterator[Page]:
    """The playground, opened as Alice; an error in a script fails the journey."""
    errors: list[str] = []
    page = await opened(browser, address)
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    for context in browser.contexts:
        await context.close()
    assert errors == []


async def opened(browser: Browser, address: str, query: str = "", **how: object) -> Page:
    """Open the playground and wait until its script has begun."""
    page = await browser.new_page(viewport={"width": 1280, "height": 860}, **how)  # type: ignore[arg-type]
    page.set_default_timeout(WAIT)
    await page.goto(f"{address}/play/{query}")
    await page.wait_for_selector("html[data-ready]")
    return page
