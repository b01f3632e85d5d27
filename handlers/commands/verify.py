"""`/msc verify "QUOTATION" SPEAKER`"""

from __future__ import annotations

from handlers.commands._asking import asking
from handlers.commands._command import Command

USAGE = 'verify "QUOTATION" SPEAKER'
COMMAND = Command(
    name="verify", usage=USAGE, summary="commands.verify", run=asking("verify", USAGE), order=60
)
