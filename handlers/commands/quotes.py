"""`/msc quotes SPEAKER`"""

from __future__ import annotations

from handlers.commands._asking import asking
from handlers.commands._command import Command

USAGE = "quotes SPEAKER, quotes about TOPIC"
COMMAND = Command(
    name="quotes", usage=USAGE, summary="commands.quotes", run=asking("quotes", USAGE), order=40
)
