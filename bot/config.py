"""Settings: a TOML file, checked key by key, and one secret from the environment."""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)

from index import links
from index.errors import ConfigError
from index.models.encoder import DEFAULT_MODEL
from retrieval.deciding.decide import DEFAULT_THRESHOLD

TOKEN_VARIABLE = "PULLQUOTE_TELEGRAM_TOKEN"
WEBHOOK_VARIABLE = "PULLQUOTE_TELEGRAM_WEBHOOK_SECRET"
CONFIG_VARIABLE = "PULLQUOTE_CONFIG"
DEFAULT_FILE = Path("config.toml")
OURS, SENTENCES = "pullquote", "sentences"
"""Readers: the trained one that ships with pullquote, and the one that weighs sentences."""

_LEAST_CODE = 8  # characters of an invite code: few enough to type, too many to guess

Runtime = Literal["int8", "fp32"]
"""How the default models run: as graphs of 8-bit products, or by torch, as all others do."""


class _Section(BaseModel):
    # strict: a quoted number is a mistake to report, not a number
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class FieldSettings(_Section):
    """``[index.fields]``: what records call these, where it is none of the usual names; "a.b" is
    the b in a."""

    id: str = ""
    title: str = ""
    text: str = ""
    url: str = ""
    source: str = ""
    published: str = ""
    author: str = ""


class IndexSettings(_Section):
    """``[index]``: where the index lies and what goes into it. Paths: from the config file."""

    path: str = "data/index"
    sources: tuple[str, ...] = Field(default=(), strict=False)
    keep: int = Field(default=3, ge=2, le=100)
    boilerplate: tuple[str, ...] = Field(default=(), strict=False)
    most_lost: float = Field(default=0.1, ge=0, le=1)
    fields: FieldSettings = FieldSettings()


class EncoderSettings(_Section):
    """``[encoder]``: the embedding model. ``cache`` "": the user's cache folder."""

    model: str = DEFAULT_MODEL
    download: bool = False
    runtime: Runtime = "int8"
    cache: str = ""


class WebSettings(_Section):
    """``[web]``: what fetching an article or a feed may take."""

    timeout_seconds: float = Field(default=20, gt=0, le=600)
    max_bytes: int = Field(default=5_000_000, ge=1_000)
    max_redirects: int = Field(default=5, ge=0, le=20)
    allow_private: bool = False


class PassageSettings(_Section):
    """``[passages]``: their size in words."""

    enough_words: int = Field(default=60, ge=10, le=400)
    most_words: int = Field(default=90, ge=20, le=400)

    @model_validator(mode="after")
    def _ordered(self) -> PassageSettings:
        if self.enough_words > self.most_words:
            raise ValueError("enough_words must not exceed most_words")
        return self


class ReaderSettings(_Section):
    """``[reader]``: what finds the answer in a passage."""

    model: str = OURS
    download: bool = False
    runtime: Runtime = "int8"


class AnswerSettings(_Section):
    """``[answer]``: how probable an answer must be."""

    threshold: float = Field(default=DEFAULT_THRESHOLD, ge=0, le=1)


class PeopleSettings(_Section):
    """Who may ask a chat bot, how often, and what it remembers. Ids are the messenger's."""

    access: Literal["open", "closed", "invite"] = "open"
    invite_code: str = ""
    users: tuple[int, ...] = Field(default=(), strict=False)
    chats: tuple[int, ...] = Field(default=(), strict=False)
    admins: tuple[int, ...] = Field(default=(), strict=False)
    user_per_minute: int = Field(default=12, ge=1, le=100_000)
    total_per_minute: int = Field(default=600, ge=1, le=1_000_000)
    queue: int = Field(default=64, ge=1, le=100_000)
    conversation_minutes: int = Field(default=30, ge=0, le=10_000)
    keep_days: int = Field(default=30, ge=1, le=3650)
    max_file_bytes: int = Field(default=5_000_000, ge=1_000, le=20_000_000)

    @model_validator(mode="after")
    def _guarded(self) -> Self:
        if self.access == "invite" and len(self.invite_code) < _LEAST_CODE:
            raise ValueError(f"invite_code must have at least {_LEAST_CODE} characters")
        return self


class TelegramSettings(PeopleSettings):
    """``[telegram]``: the Bot API's addresses as python-telegram-bot takes them (the token is
    appended), and how the bot is called. Secrets are not settings."""

    base_url: str = "https://api.telegram.org/bot"
    base_file_url: str = "https://api.telegram.org/file/bot"
    state: str = "data/telegram.sqlite"
    webhook_url: str = ""
    webhook_listen: str = "127.0.0.1"
    webhook_port: int = Field(default=8443, ge=1, le=65535)
    monitor_port: int = Field(default=0, ge=0, le=65535)

    @field_validator("webhook_url")
    @classmethod
    def _https(cls, url: str) -> str:
        parts = links.parts(url)
        if url and (parts is None or parts.scheme != "https" or not parts.path.strip("/")):
            raise ValueError("must be https://HOST/PATH, as Telegram is to call it")
        return url

    @model_validator(mode="after")
    def _watched(self) -> Self:
        if self.webhook_url and not self.monitor_port:
            raise ValueError("a webhook needs monitor_port, where its health is asked for")
        return self


class Settings(_Section):
    """All settings. The token is never read from a file and never shown."""

    index: IndexSettings = IndexSettings()
    encoder: EncoderSettings = EncoderSettings()
    passages: PassageSettings = PassageSettings()
    web: WebSettings = WebSettings()
    reader: ReaderSettings = ReaderSettings()
    answer: AnswerSettings = AnswerSettings()
    telegram: TelegramSettings = TelegramSettings()
    folder: Path = Field(default=Path("."), exclude=True)

    def resolve(self, path: str) -> Path:
        """A path of the config file, which counts from the folder of that file."""
        return self.folder / Path(path).expanduser()


def load(file: Path | None = None) -> Settings:
    """Settings from ``file``, else from $PULLQUOTE_CONFIG, else ./config.toml, else defaults.

    Raises ConfigError: one line with the key at fault and the nearest key that exists.
    """
    named = file or (Path(value) if (value := os.environ.get(CONFIG_VARIABLE)) else None)
    chosen = named or (DEFAULT_FILE if DEFAULT_FILE.is_file() else None)
    if chosen is None:
        return Settings()
    try:
        table = tomllib.loads(chosen.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"{chosen}: cannot be read: {error.strerror}; check --config.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{chosen}: not TOML: {error}") from error
    if "folder" in table:
        raise ConfigError(f"{chosen}: unknown key folder; remove it.")
    try:
        return Settings(**table, folder=chosen.parent)
    except ValidationError as error:
        raise ConfigError(f"{chosen}: {_explain(error)}") from error


def token() -> SecretStr:
    """The bot's token from the environment. Raises ConfigError when there is none."""
    value = os.environ.get(TOKEN_VARIABLE, "").strip()
    if not value:
        raise ConfigError(
            f"No bot token: set the environment variable {TOKEN_VARIABLE} to the token that "
            "@BotFather gave you."
        )
    return SecretStr(value)


def webhook_secret() -> SecretStr:
    """What Telegram must say with each call of the webhook. Raises ConfigError."""
    value = os.environ.get(WEBHOOK_VARIABLE, "").strip()
    if not re.fullmatch(r"[A-Za-z0-9_-]{16,256}", value):
        raise ConfigError(
            f"A webhook needs a secret: set {WEBHOOK_VARIABLE} to 16 to 256 letters, digits, _ or "
            "-; Telegram then sends it with each update."
        )
    return SecretStr(value)


def _explain(error: ValidationError) -> str:
    first = error.errors()[0]
    place = [str(part) for part in first["loc"]]
    if first["type"] != "extra_forbidden":
        message = str(first["msg"]).removeprefix("Value error, ")
        return f"{'.'.join(place)}: {message[:1].lower()}{message[1:]}."
    known = _keys(place[:-1])
    close = difflib.get_close_matches(place[-1], known, n=1)
    hint = f"did you mean {close[0]}?" if close else f"known here: {', '.join(known)}."
    return f"unknown key {'.'.join(place)}; {hint}"


def _keys(place: list[str]) -> list[str]:
    model: type[BaseModel] = Settings
    for name in place:
        inner: Any = model.model_fields[name].annotation
        model = inner
    return [name for name in model.model_fields if name != "folder"]
