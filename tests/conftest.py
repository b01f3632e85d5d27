"""What every test may ask for: an empty or migrated database, on SQLite and on PostgreSQL."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from itertools import count
from pathlib import Path

import asyncpg
import hypothesis
import pytest

from bot.store import Database
from tests import _judged
from tests._postgres import Server

_names = count(1)

# A landing is judged by examples that don't change; everybody else's runs look for new ones.
hypothesis.settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    hypothesis.settings.load_profile("ci")


def pytest_xdist_auto_num_workers() -> int:
    """Half as many test processes again as cores: a third of the time tests wait for processes and clocks."""
    return (os.cpu_count() or 2) * 3 // 2


@pytest.fixture(autouse=True)
def everything_sent_is_valid(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail a test in which a message, view or menu was sent that Slack would refuse, whatever came of it."""
    heard = _judged.listening(monkeypatch)
    yield
    assert heard == []


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """One real server for each test process, started when a test first asks for it."""
    server = Server()
    try:
        yield server
    finally:
        server.remove()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The address of a SQLite file that does not exist yet."""
    return f"sqlite+aiosqlite:///{tmp_path / 'msc.db'}"


@pytest.fixture
async def postgres_url(postgres_server: Server) -> AsyncIterator[str]:
    """The address of an empty database of its own."""
    async for url in _postgres(postgres_server, "template0"):
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest) -> str:
    """The address of an empty database, once on SQLite and once on PostgreSQL."""
    url: str = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of a database with the newest schema and no rows, on both."""
    url: str = request.getfixturevalue(f"migrated_{request.param}_url")
    return url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """An open database with the newest schema and no rows; the test runs on both."""
    opened = await Database.open(database_url)
    try:
        yield opened
    finally:
        await opened.close()


@pytest.fixture
async def second_database(
    request: pytest.FixtureRequest, database: Database, tmp_path: Path
) -> AsyncIterator[Database]:
    """Another one beside `database`, of the same kind."""
    if database.dialect == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "second.db")
        urls = _only(f"sqlite+aiosqlite:///{tmp_path / 'second.db'}")
    else:
        server, template = (request.getfixturevalue(f"postgres_{name}") for name in ("server", "template"))
        urls = _postgres(server, template)
    async for url in urls:
        opened = await Database.open(url)
        yield opened
        await opened.close()


@pytest.fixture
async def sqlite_pair(
    sqlite_database: Database, sqlite_template: Path, tmp_path: Path
) -> AsyncIterator[tuple[Database, Database]]:
    """Two open SQLite databases with the newest schema and no rows."""
    shutil.copy(sqlite_template, tmp_path / "second.db")
    second = await Database.open(f"sqlite+aiosqlite:///{tmp_path / 'second.db'}")
    yield sqlite_database, second
    await second.close()


async def _only(url: str) -> AsyncIterator[str]:
    yield url


@pytest.fixture
async def sqlite_database(migrated_sqlite_url: str) -> AsyncIterator[Database]:
    """An open SQLite database, for tests of what lies above the store."""
    opened = await Database.open(migrated_sqlite_url)
    try:
        yield opened
    finally:
        await opened.close()


@pytest.fixture
async def migrated_sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The address of a SQLite file with the newest schema: a copy of one that was migrated once."""
    shutil.copy(sqlite_template, tmp_path / "msc.db")
    return f"sqlite+aiosqlite:///{tmp_path / 'msc.db'}"


@pytest.fixture
async def migrated_postgresql_url(postgres_server: Server, postgres_template: str) -> AsyncIterator[str]:
    """The address of a PostgreSQL database with the newest schema, made from a template."""
    async for url in _postgres(postgres_server, postgres_template):
        yield url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file."""
    path = tmp_path_factory.mktemp("template") / "msc.db"
    _migrate(f"sqlite+aiosqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres_server: Server) -> str:
    """The name of a migrated PostgreSQL database."""

    async def make() -> None:
        await _execute(postgres_server, 'CREATE DATABASE "template_msc"')

    asyncio.run(make())
    _migrate(postgres_server.url("template_msc"))
    return "template_msc"


def _migrate(url: str) -> None:
    async def open_and_close() -> None:
        await (await Database.open(url)).close()

    asyncio.run(open_and_close())


async def _postgres(server: Server, template: str) -> AsyncIterator[str]:
    name = f"test_{next(_names)}"
    await _execute(server, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    try:
        yield server.url(name)
    finally:
        await _execute(server, f'DROP DATABASE "{name}" WITH (FORCE)')


async def _execute(server: Server, sql: str) -> None:
    connection = await asyncpg.connect(host=str(server.home), user="postgres", database="postgres")
    try:
        await connection.execute(sql)
    finally:
        await connection.close()
