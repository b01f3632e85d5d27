"""`/msc who mentioned TOPIC`"""

from __future__ import annotations

from handlers.commands._asking import asking
from handlers.commands._command import Command

USAGE = "who mentioned TOPIC"
COMMAND = Command(name="who", usage=USAGE, summary="commands.who", run=asking("who", USAGE), order=10)
