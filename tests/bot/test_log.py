"""The log: one JSON line an event, without secrets, whatever they hide in."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
import structlog

from bot import log


@pytest.fixture
def written() -> Iterator[StringIO]:
    """What the log writes while a test runs."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    stream = StringIO()
    log.configure("info", stream)
    yield stream
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()


def lines(stream: StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_an_event_is_one_json_line(written: StringIO) -> None:
    log.get("msc.test").info("ingested", articles=5, source="a.txt")

    (line,) = lines(written)
    assert (line["event"], line["level"], line["logger"]) == ("ingested", "info", "msc.test")
    assert (line["articles"], line["source"]) == (5, "a.txt")
    assert line["timestamp"].endswith("Z")


def test_other_packages_write_the_same_lines(written: StringIO) -> None:
    logging.getLogger("aiohttp.server").warning("refused %s from %s", "GET", "1.2.3.4")

    (line,) = lines(written)
    assert (line["event"], line["level"]) == ("refused GET from 1.2.3.4", "warning")


def test_line_breaks_cannot_forge_a_line(written: StringIO) -> None:
    log.get().info('read\r\n{"event": "forged"}\u2028x', source="a\nb")

    assert len(written.getvalue().splitlines()) == 1
    assert lines(written)[0]["source"] == "a\nb"


@pytest.mark.parametrize(
    "secret",
    [
        "xoxb-123456-abcdef",
        "xoxe.xoxp-1-Mi0yLTEyMzQ",
        "xapp-1-A1-2-3abc",
        "Bearer abcdefghijkl",
        "postgresql://me:hunter22@host/msc",
        "https://hooks.slack.com/services/T1/B1/hunter22",
        "https://slack.com/api/oauth?code=hunter22&state=1",
    ],
)
def test_a_secret_is_hidden_wherever_it_stands(written: StringIO, secret: str) -> None:
    told = log.get("msc.test")
    told.info(f"called with {secret}")
    told.info("called", url=secret, nested={"deep": [secret]}, other=ValueError(secret))
    logging.getLogger("slack_sdk").warning("sent %s", secret)
    try:
        raise RuntimeError(secret)
    except RuntimeError:
        told.exception("failed")

    assert len(lines(written)) == 4
    for word in ("123456", "Mi0yLTEy", "3abc", "abcdefghijkl", "hunter22"):
        assert word not in written.getvalue()


def test_fields_with_a_secrets_name_are_hidden_whatever_they_hold(written: StringIO) -> None:
    log.get().info("opened", bot_token="plain", Authorization="plain", password="plain", tokens=None)

    (line,) = lines(written)
    assert {line[k] for k in ("bot_token", "Authorization", "password")} == {"[secret]"}
    assert line["tokens"] is None


def test_what_is_below_the_level_is_not_written(written: StringIO) -> None:
    log.get().debug("detail")
    logging.getLogger("alembic").info("detail")
    assert written.getvalue() == ""


def test_another_packages_message_ends_where_its_values_begin(written: StringIO) -> None:
    asyncio_log = logging.getLogger("asyncio")
    asyncio_log.error("Task exception was never retrieved\nfuture: <Task exception=KeyError('who')>")
    asyncio_log.error("Failed to send: who mentioned Greenland")

    first, second = lines(written)
    assert first["event"] == "Task exception was never retrieved"
    assert second["event"] == "Failed to send" and "test_log.py:" in second["place"]
    assert "who" not in written.getvalue()


def test_every_exception_of_a_chain_and_a_group_is_named_without_its_words(written: StringIO) -> None:
    try:
        try:
            raise KeyError("who")
        except KeyError as error:
            raise ExceptionGroup("who", [ValueError("who"), OSError("who")]) from error
    except ExceptionGroup:
        log.get("msc.test").exception("failed")

    (line,) = lines(written)
    named = [part for part in line["exception"].splitlines() if " in " not in part]
    assert named == [
        "builtins.KeyError",
        "builtins.ExceptionGroup",
        "builtins.ValueError",
        "builtins.OSError",
    ]
    assert "who" not in written.getvalue()


def test_for_development_debug_writes_everything_but_secrets() -> None:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    stream = StringIO()
    log.configure("debug", stream)
    try:
        raise KeyError("who said xoxb-123456-abcdef")
    except KeyError:
        log.get("msc.test").exception("failed")
    finally:
        root.handlers, root.level = handlers, level
        structlog.reset_defaults()
    assert "who said [token]" in stream.getvalue()
