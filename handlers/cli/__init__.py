"""The terminal: `msc`. One file of this folder is one command; each offers `register(app)`."""

from __future__ import annotations

import importlib
import pkgutil
import sys

import typer

from bot.errors import MscError


def build(only: str | None = None) -> typer.Typer:
    """Return the Typer application with every command of this folder, or with `only` the one that is asked.

    Loading one command keeps a question from waiting for what only the server or the parser needs.
    """
    app = typer.Typer(
        name="msc",
        help="Who said what, word for word, with the source.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    app.callback()(_msc)  # keeps a single command a subcommand
    names = sorted(m.name for m in pkgutil.iter_modules(__path__) if not m.name.startswith("_"))
    for module in [only] if only in names else names:
        importlib.import_module(f"{__name__}.{module}").register(app)
    return app


def _msc() -> None:
    """Who said what, word for word, with the source."""


def main() -> None:
    """Run `msc`: errors as one sentence on stderr, 2 for wrong usage, 1 when anything failed."""
    try:
        build(next(iter(sys.argv[1:]), None))()
    except MscError as error:
        sys.stderr.write(f"msc: {error}\n")
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(130)
