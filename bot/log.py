"""The log: one JSON line an event on standard error, without secrets and without line breaks in it.

`log.get()` gives a logger; `configure` is called once by a process's door. Questions and article texts are
never logged: of an exception its kind and place are written, not its message, which may quote anything, and
of another package's message the words before its values. The level debug writes both in full; it is meant
for development.
"""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections.abc import Iterator, MutableMapping
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
_VALUES = re.compile(r"[\n\r\u2028:({\[<'\"`]")
_LONGEST = 120  # characters of another package's message
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
        *([structlog.processors.format_exc_info] if level == "debug" else [_kinds_and_places, _own_words]),
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


def _kinds_and_places(_logger: object, _method: str, event: Event) -> Event:
    """Write what was raised, and where, without what it says."""
    info = event.pop("exc_info", None)
    error = info if isinstance(info, BaseException) else sys.exc_info()[1] if info is True else None
    if isinstance(info, tuple):
        error = info[1]
    if isinstance(error, BaseException):
        event["exception"] = "\n".join(_told(error))
    return event


def _told(error: BaseException) -> Iterator[str]:
    """Yield the exceptions of a chain, the first cause first, each after the frames that it went through."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None:
        yield from _told(before)
    for frame in traceback.extract_tb(error.__traceback__):
        yield f"{frame.filename}:{frame.lineno} in {frame.name}"
    yield f"{type(error).__module__}.{type(error).__qualname__}"
    for inner in getattr(error, "exceptions", ()):
        yield from _told(inner)


def _own_words(_logger: object, _method: str, event: Event) -> Event:
    """Cut another package's message where its values begin; the place says where to read the rest."""
    record = event.get("_record")
    if record is None or record.name.partition(".")[0] in _OURS:
        return event
    words = _VALUES.split(str(event["event"]), maxsplit=1)[0].strip()
    return {**event, "event": words[:_LONGEST], "place": f"{record.pathname}:{record.lineno}"}


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
