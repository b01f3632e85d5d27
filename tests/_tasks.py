"""Runs the modules of a folder that offer `run()`: what `python3 run eval`, `bench` and `faults` do."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Sequence
from types import ModuleType


def run_each(folder: ModuleType, names: Sequence[str] = ()) -> None:
    """Run the named modules of `folder`, or all that offer `run()`."""
    found = sorted(m.name for m in pkgutil.iter_modules(folder.__path__) if not m.name.startswith("_"))
    for name in names or found:
        module = importlib.import_module(f"{folder.__name__}.{name}")
        if hasattr(module, "run"):
            print(f"== {folder.__name__}.{name}", flush=True)
            module.run()
