"""The image and the compose files keep to the rules of a careful operator."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import typer.main
import yaml

from bot.settings import Settings
from handlers import cli
from tests.test_readme import variables

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
DOCKERFILE = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
OURS = "msc-bot:0.1.0"
# the variables of other programs in these files
OTHERS = {"POSTGRES_USER", "POSTGRES_DB", "POSTGRES_PASSWORD", "MSC_DOMAIN"}


def instructions(name: str) -> list[str]:
    """Return the arguments of each instruction of a name, continued lines joined."""
    joined = re.sub(r"\\\n\s*", " ", re.sub(r"^#.*\n", "", DOCKERFILE, flags=re.M))
    return re.findall(rf"^{name}\s+(.*)$", joined, re.M)


@pytest.fixture(params=["one", "many"])
def compose(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Each of the two compose files."""
    return loaded(request.param)


def loaded(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((DEPLOY / "compose" / f"{name}.yaml").read_text(encoding="utf-8"))
    return found


def ours(compose: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {name: s for name, s in compose["services"].items() if s.get("image") == OURS}


def test_both_stages_stand_on_one_pinned_base() -> None:
    (base,) = instructions("ARG")
    assert re.fullmatch(r"BASE=python:\d+\.\d+\.\d+-slim-\w+", base)
    assert [line.split()[0] for line in instructions("FROM")] == ["${BASE}", "${BASE}"]


def test_the_base_is_a_python_that_we_support() -> None:
    wanted = re.search(r'requires-python = ">=(\d+)\.(\d+)"', (ROOT / "pyproject.toml").read_text())
    found = re.search(r"python:(\d+)\.(\d+)", DOCKERFILE)
    assert wanted and found and [int(g) for g in found.groups()] >= [int(g) for g in wanted.groups()]


def test_the_image_is_made_of_the_hashed_lock_and_nothing_else() -> None:
    installs = [line for line in instructions("RUN") if "pip install" in line]
    assert len(installs) == 2
    assert all("--no-deps" in line for line in installs)
    assert "--require-hashes -r deploy/requirements.txt" in installs[0]
    assert "--no-index --no-build-isolation ." in installs[1]
    assert not re.search(r"\b(curl|wget|git clone)\b|https?://(?!127\.0\.0\.1)|^ADD\b", DOCKERFILE, re.M)


def test_what_is_copied_exists_and_reaches_the_builder() -> None:
    ignored = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    assert ignored[1] == "*"
    sources = [s for line in instructions("COPY") if "--from" not in line for s in line.split()[:-1]]
    assert sources
    for source in sources:
        assert (ROOT / source).exists(), source
        assert f"!{source}" in ignored, source


def test_the_image_runs_as_nobody_in_particular_and_says_how_it_is() -> None:
    assert instructions("USER") == ["10001:10001"]
    (health,) = instructions("HEALTHCHECK")
    assert "/healthz" in health and "--timeout=3s" in health
    assert instructions("STOPSIGNAL") == ["SIGTERM"]
    assert json.loads(instructions("ENTRYPOINT")[0]) == ["msc"]
    assert "latest" not in DOCKERFILE


def test_the_image_sets_settings_that_exist() -> None:
    named = re.findall(r"\b((?:MSC|SLACK)_\w+)=", " ".join(instructions("ENV")))
    assert {"MSC_DATA_DIR", "MSC_HOST", "MSC_PORT"} == set(named)
    assert set(named) <= set(variables())


def test_every_image_is_pinned(compose: dict[str, Any]) -> None:
    for name, service in compose["services"].items():
        assert re.fullmatch(r"[\w./-]+:\d+\.\d+(\.\d+)?(-\w+)?", service["image"]), name


def test_every_process_of_ours_is_hardened(compose: dict[str, Any]) -> None:
    assert ours(compose)
    for name, service in ours(compose).items():
        assert service["read_only"] is True, name
        assert service["user"] == "10001:10001", name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert any(t.startswith("/tmp") for t in service["tmpfs"]), name
        assert "privileged" not in service and "ports" not in service, name
        assert service["stop_grace_period"] == "30s", name


def test_what_stays_up_has_limits_and_comes_back(compose: dict[str, Any]) -> None:
    for name, service in ours(compose).items():
        if service["command"][0] == "serve":
            assert service["restart"] == "unless-stopped", name
            assert set(service["deploy"]["resources"]["limits"]) == {"cpus", "memory"}, name


def test_every_variable_is_a_setting(compose: dict[str, Any]) -> None:
    for name, service in compose["services"].items():
        known = set(variables()) if service["image"] == OURS else OTHERS
        assert set(service.get("environment", {})) <= known, name


def test_every_variable_that_is_asked_for_stands_in_the_example() -> None:
    example = set(re.findall(r"^(\w+)=", (DEPLOY / "compose" / ".env.example").read_text(), re.M))
    asked = set()
    for name in ("one", "many"):
        asked |= set(re.findall(r"\$\{(\w+)", (DEPLOY / "compose" / f"{name}.yaml").read_text()))
    assert asked == example


def test_every_command_is_one_that_msc_has(compose: dict[str, Any]) -> None:
    known = typer.main.get_command(cli.build()).commands  # type: ignore[attr-defined]
    for name, service in ours(compose).items():
        command, *options = service["command"]
        assert command in known, name
        known[command].make_context(command, list(options))  # raises for an option that it hasn't


def test_many_have_two_of_each_behind_one_door() -> None:
    services = loaded("many")["services"]
    roles = [s["command"][2] for s in services.values() if s.get("command", [""])[0] == "serve"]
    assert sorted(roles) == ["web", "web", "worker", "worker"]
    assert [n for n, s in services.items() if "ports" in s] == ["proxy"]
    for name in ("web-1", "web-2", "worker-1", "worker-2"):
        assert services[name]["depends_on"] == {"migrate": {"condition": "service_completed_successfully"}}
    caddy = (DEPLOY / "compose" / "Caddyfile").read_text(encoding="utf-8")
    assert "web-1:3000 web-2:3000" in caddy and "health_uri /readyz" in caddy
    assert not re.search(r"@public path.*(metrics|readyz|healthz)", caddy)


def test_the_drain_leaves_time_to_finish() -> None:
    drain = int(loaded("many")["x-environment"]["MSC_DRAIN"])
    assert Settings(_env_file=None, drain=drain).drain == drain
