"""The terminal: `msc`. One file of this folder is one command; each offers `register(app)`."""

from __future__ import annotations

import importlib
import pkgutil
import sys

import typer

from bot.errors import MscError


def build() -> typer.Typer:
    """Return the Typer application with every command of this folder."""
    app = typer.Typer(
        name="msc",
        help="Who said what, word for word, with the source.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    for module in sorted(m.name for m in pkgutil.iter_modules(__path__) if not m.name.startswith("_")):
        importlib.import_module(f"{__name__}.{module}").register(app)
    return app


def main() -> None:
    """Run `msc`: errors as one sentence on stderr, 2 for wrong usage, 1 when anything failed."""
    try:
        build()()
    except MscError as error:
        sys.stderr.write(f"msc: {error}\n")
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(130)
