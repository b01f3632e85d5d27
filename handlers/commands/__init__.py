"""The subcommands of `/msc`. One file of this folder is one subcommand, shared by all doors.

A module offers `COMMAND`, a `Command`; a new subcommand is found by being there.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from handlers.commands._command import Command

__all__ = ["Command", "registry"]


@cache
def registry() -> dict[str, Command]:
    """Return every subcommand by its name, in the order of the help."""
    names = sorted(m.name for m in pkgutil.iter_modules(__path__) if not m.name.startswith("_"))
    commands = [importlib.import_module(f"{__name__}.{name}").COMMAND for name in names]
    return {c.name: c for c in sorted(commands, key=lambda c: (c.order, c.name))}
