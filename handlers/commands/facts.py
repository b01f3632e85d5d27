"""`/msc facts TOPIC`"""

from __future__ import annotations

from handlers.commands._asking import asking
from handlers.commands._command import Command

USAGE = "facts TOPIC"
COMMAND = Command(name="facts", usage=USAGE, summary="commands.facts", run=asking("facts", USAGE), order=50)
