"""The Web API methods that we call, as one table: name → what runs and the scope that it needs."""

from __future__ import annotations

from handlers.standin.methods import chat, conversations, files, installation, people, views
from handlers.standin.methods._call import Call, Method

__all__ = ["TABLE", "Call", "Method"]

TABLE: dict[str, Method] = {
    **chat.METHODS,
    **conversations.METHODS,
    **files.METHODS,
    **installation.METHODS,
    **people.METHODS,
    **views.METHODS,
}
