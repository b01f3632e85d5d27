"""What the stand-in of Slack refuses for its shape is heard, so that no test passes with a message like that.

A rule of ours is judged beside: no label by emoji or signs alone, which some readers hear as nothing.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest

JUDGES = {
    "handlers.standin.methods._content": "faults",  # messages, private ones, response_url, previews
    "handlers.standin.methods.views": "view_faults",  # modals and homes, also in an acknowledgement
    "handlers.standin.control": "suggestion_faults",  # what an external menu is answered
}
_EMOJI = re.compile(r":[a-z0-9_+-]+:")


def listening(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the list in which each fault will stand that is found from now on."""
    heard: list[str] = []

    def recorded(judge: Callable[..., list[str]]) -> Callable[..., list[str]]:
        def judged(*given: Any) -> list[str]:
            found = judge(*given)
            heard.extend(found or signs_alone(given))
            return found

        return judged

    for module, name in JUDGES.items():
        if module in sys.modules:
            monkeypatch.setattr(f"{module}.{name}", recorded(getattr(sys.modules[module], name)))
    return heard


def signs_alone(value: Any) -> Iterator[str]:
    """Yield a sentence for each label, at any depth, that has neither letter nor digit."""
    if isinstance(value, dict):
        if value.get("type") == "plain_text":
            words = _EMOJI.sub("", value["text"])
            if not any(sign.isalnum() for sign in words):
                yield f"{value['text']!r} is made of signs alone"
        value = list(value.values())
    if isinstance(value, list | tuple):
        for inner in value:
            yield from signs_alone(inner)
