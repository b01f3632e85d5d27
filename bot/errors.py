"""Our errors. The tree:

    MscError                    a sentence for the user; exit code 1
    ├── UsageError              wrong usage; exit code 2
    │   ├── SettingError        a setting that is missing or wrong
    │   └── QuestionError       a question that can't be asked
    ├── SourceError             a file, page or feed that can't be read
    ├── StoreError              the database can't be used as it is
    ├── PostFailed              Slack refused a message
    └── PostUnknown             nobody knows whether Slack took a message

The message of an error is what the user reads: what was wrong, where, and what to do next.
"""

from __future__ import annotations


class MscError(Exception):
    """Something went wrong that the user can be told in one sentence."""

    exit_code = 1


class UsageError(MscError):
    """The call was not understood.

    `key` and `values` name its sentence in the catalogue where a door can say it in the reader's language.
    """

    exit_code = 2

    def __init__(self, words: str, key: str | None = None, **values: object) -> None:
        super().__init__(words)
        self.key = key
        self.values = values


class SettingError(UsageError):
    """A setting is missing or has a value that can't be used."""


class QuestionError(UsageError):
    """The question is empty or too long, or a button can't be read."""


class SourceError(MscError):
    """A source can't be read; the others go on. `passing`: it may be well again when asked later."""

    def __init__(self, source: str, reason: str, *, passing: bool = False) -> None:
        super().__init__(f"{source}: {reason}")
        self.source = source
        self.reason = reason
        self.passing = passing

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.source, self.reason), {"passing": self.passing}  # between processes


class StoreError(MscError):
    """The database can't be used as it is."""


class PostFailed(MscError):
    """Slack refused a message; `code` is Slack's own error code."""

    def __init__(self, code: str, retry_after: float | None = None) -> None:
        super().__init__(f"Slack refused the message: {code}.")
        self.code = code
        self.retry_after = retry_after


class PostUnknown(MscError):
    """The connection broke after a message was sent: nobody knows whether Slack took it."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"Nobody knows whether Slack took the message: {reason}.")
        self.reason = reason
