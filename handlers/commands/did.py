"""`/msc did SPEAKER say …`"""

from __future__ import annotations

from handlers.commands._asking import asking
from handlers.commands._command import Command

USAGE = "did SPEAKER say …"
COMMAND = Command(name="did", usage=USAGE, summary="commands.did", run=asking("did", USAGE), order=30)
