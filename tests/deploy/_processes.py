"""Starts processes as a compose file does: its command, its environment, its order of signals."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import yaml

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0  # seconds; a start takes two or three on an idle machine


def services(name: str) -> dict[str, dict[str, Any]]:
    """Return the services of a compose file of ours, merges resolved."""
    path = ROOT / "deploy" / "compose" / f"{name}.yaml"
    found: dict[str, dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))["services"]
    return found


def environment(service: Mapping[str, Any], given: Mapping[str, str]) -> dict[str, str]:
    """Return the variables of a service with `${…}` filled in as Docker does."""

    def fill(match: re.Match[str]) -> str:
        name, default = match["name"], match["default"]
        if name not in given and default is None:
            raise LookupError(f"{name} is asked for and not given")
        return given.get(name) or default or ""

    pattern = re.compile(r"\$\{(?P<name>\w+)(?::\?[^}]*|:-(?P<default>[^}]*))?\}")
    return {key: pattern.sub(fill, str(value)) for key, value in service["environment"].items()}


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


@dataclass(slots=True)
class Process:
    """A started service; `port` stands for the container's own port 3000."""

    name: str
    port: int
    process: asyncio.subprocess.Process
    log: Path

    @property
    def address(self) -> str:
        """Where its web door listens."""
        return f"http://127.0.0.1:{self.port}"

    async def get(self, path: str) -> tuple[int, str]:
        """Ask one of its addresses."""
        async with aiohttp.ClientSession() as http, http.get(f"{self.address}{path}") as answer:
            return answer.status, await answer.text()

    async def ready(self) -> None:
        """Wait until it says that it is ready."""
        for _ in range(int(PATIENCE / 0.2)):
            assert self.process.returncode is None, f"{self.name} ended: {self.said()}"
            try:
                if (await self.get("/readyz"))[0] == 200:
                    return
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(0.2)
        raise AssertionError(f"{self.name} is not ready: {await self.get('/readyz')} {self.said()}")

    async def ended(self, number: int = signal.SIGTERM, within: float = 30.0) -> int:
        """Send a signal as the engine does, and return the exit code; it may take the grace period."""
        self.process.send_signal(number)
        return await asyncio.wait_for(self.process.wait(), within)

    def said(self) -> str:
        """Return what it wrote."""
        return self.log.read_text(encoding="utf-8")


async def start(
    name: str, service: Mapping[str, Any], given: Mapping[str, str], network: Mapping[str, str], home: Path
) -> Process:
    """Start a service's command with its environment and nothing of ours.

    `network` stands for what containers have of their own: their port, the server's name, Slack's address.
    """
    port, log = free_port(), home / f"{name}.log"
    image = {"PATH": os.environ["PATH"], "HOME": str(home), "MSC_DATA_DIR": str(home), "MSC_PORT": str(port)}
    with log.open("wb") as written:
        process = await asyncio.create_subprocess_exec(
            Path(sys.executable).with_name("msc"), *service["command"],
            env={**image, **environment(service, given), **network}, cwd=home,
            stdout=asyncio.subprocess.DEVNULL, stderr=written,
        )  # fmt: skip
    return Process(name, port, process, log)
