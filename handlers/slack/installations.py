"""slack_sdk's interfaces for installations, over our own encrypted rows."""

from __future__ import annotations

import logging
import secrets
from datetime import UTC, datetime, timedelta

from cryptography.fernet import MultiFernet
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.oauth.installation_store import Bot, Installation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore

from bot.store import Database, installations
from bot.store.installations import Installed

LIFE = timedelta(minutes=10)  # from the button "Add to Slack" to the way back

_log = logging.getLogger("msc.slack.installations")


class Installations(AsyncInstallationStore):
    """Keeps, finds and forgets installations; a token is in the clear in memory only."""

    def __init__(self, db: Database, keys: MultiFernet) -> None:
        self.db, self.keys = db, keys

    @property
    def logger(self) -> logging.Logger:
        """Return the log; tokens never reach it."""
        return _log

    async def async_save(self, installation: Installation) -> None:
        """Keep what an OAuth flow brought."""
        workspace = installation.team_id or installation.enterprise_id
        if not workspace or not installation.bot_token:
            raise ValueError("an installation without a workspace or a bot token")
        await installations.save(
            self.db,
            self.keys,
            Installed(
                workspace=workspace,
                token=installation.bot_token,
                bot_id=installation.bot_id or "",
                bot_user=installation.bot_user_id or "",
                scopes=installations.scopes(installation.bot_scopes),
                name=installation.team_name or installation.enterprise_name or "",
                enterprise=installation.enterprise_id,
                by=installation.user_id,
            ),
        )

    async def async_find_bot(
        self, *, enterprise_id: str | None, team_id: str | None, is_enterprise_install: bool | None = False
    ) -> Bot | None:
        """Return the bot of a workspace, or of the organisation that it belongs to."""
        found = await self.found(enterprise_id, team_id)
        if found is None:
            return None
        return Bot(
            team_id=team_id,
            enterprise_id=enterprise_id,
            bot_token=found.token,
            bot_id=found.bot_id,
            bot_user_id=found.bot_user,
            bot_scopes=list(found.scopes),
            installed_at=(found.at or datetime.now(UTC)).timestamp(),
        )

    async def found(self, enterprise_id: str | None, team_id: str | None) -> Installed | None:
        """Return the installation of a workspace, else that of its organisation."""
        for workspace in filter(None, (team_id, enterprise_id)):
            if installed := await installations.find(self.db, self.keys, workspace):
                return installed
        return None

    async def authorize(self, enterprise_id: str | None, team_id: str | None) -> AuthorizeResult | None:
        """Return with which token Bolt answers a workspace; None where the app is not installed."""
        found = await self.found(enterprise_id, team_id)
        if found is None:
            return None
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=team_id,
            bot_token=found.token,
            bot_id=found.bot_id,
            bot_user_id=found.bot_user,
            bot_scopes=list(found.scopes),
        )


class States(AsyncOAuthStateStore):
    """The states of installations that browsers have begun; each is good once."""

    def __init__(self, db: Database) -> None:
        self.db = db

    @property
    def logger(self) -> logging.Logger:
        """Return the log."""
        return _log

    async def async_issue(self, *args: object, **kwargs: object) -> str:
        """Return a new state."""
        state = secrets.token_urlsafe(32)
        await installations.begin(self.db, state, datetime.now(UTC) + LIFE)
        return state

    async def async_consume(self, state: str) -> bool:
        """Say whether the state is ours and still good."""
        return await installations.finish(self.db, state)
