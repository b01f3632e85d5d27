"""`/msc what did SPEAKER say about TOPIC`"""

from __future__ import annotations

from handlers.commands._asking import asking
from handlers.commands._command import Command

USAGE = "what did SPEAKER say about TOPIC"
COMMAND = Command(name="what", usage=USAGE, summary="commands.what", run=asking("what", USAGE), order=20)
