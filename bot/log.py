"""The log: one JSON line an event on standard error, without secrets and without line breaks in it.

`log.get()` gives a logger; `configure` is called once by a process's door. Records of other packages go
through the same processors. Questions and article texts are never logged.
"""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any, TextIO

import structlog

_SECRET_KEY = re.compile(r"token|secret|password|passwd|authorization|cookie|signature|api_?key", re.I)
_SECRET_VALUES = (
    (re.compile(r"xox[a-z]-[\w-]+|xoxe\.[\w.-]+|xapp-[\w-]+"), "[token]"),
    (re.compile(r"(?i)\b(bearer|basic)\s+[\w.~+/=-]{8,}"), r"\1 [secret]"),
    (re.compile(r"(\w+://[^\s:/@]*):[^\s@]+@"), r"\1:[password]@"),
    (re.compile(r"(https://hooks\.slack\.com/)\S+"), r"\1[secret]"),
    (re.compile(r"(?i)\b((?:access_|refresh_)?token|client_secret|code)=[^\s&\"']+"), r"\1=[secret]"),
)
_OURS = ("msc", "bot", "handlers")
_HIDDEN = "[secret]"
Event = MutableMapping[str, Any]


def configure(level: str = "info", stream: TextIO | None = None) -> None:
    """Send our events to `stream` (standard error) from `level` on, those of others from warning on."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        redact,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                redact,
                structlog.processors.JSONRenderer(),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel("DEBUG" if level == "debug" else "ERROR" if level == "error" else "WARNING")
    for name in _OURS:
        logging.getLogger(name).setLevel(level.upper())


def get(name: str = "msc") -> Any:
    """Return a logger; `get().info("ingested", articles=5)` writes one line."""
    return structlog.stdlib.get_logger(name)


def redact(_logger: object, _method: str, event: Event) -> Event:
    """Take secrets out of an event, by the name of a field and by the look of a value."""
    return {
        key: _HIDDEN if _SECRET_KEY.search(key) and value else _clean(value) for key, value in event.items()
    }


def _clean(value: Any) -> Any:
    match value:
        case str():
            for pattern, shown in _SECRET_VALUES:
                value = pattern.sub(shown, value)
            return value
        case dict():
            return redact(None, "", {str(k): v for k, v in value.items()})
        case list() | tuple() | set():
            return [_clean(v) for v in value]
        case None | bool() | int() | float():
            return value
    return _clean(str(value))
