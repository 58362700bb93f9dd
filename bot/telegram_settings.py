"""``[telegram]``: what the bot may do, and for whom. Secrets are not settings."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from index import links

_LEAST_CODE = 8  # characters of an invite code: few enough to type, too many to guess


class TelegramSettings(BaseModel):
    """The Bot API's addresses as python-telegram-bot takes them (the token is appended), who may
    use the bot, and its limits. Ids are Telegram's numbers; a group's is negative."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    base_url: str = "https://api.telegram.org/bot"
    base_file_url: str = "https://api.telegram.org/file/bot"
    state: str = "data/telegram.sqlite"
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
    def _whole(self) -> TelegramSettings:
        if self.access == "invite" and len(self.invite_code) < _LEAST_CODE:
            raise ValueError(f"invite_code must have at least {_LEAST_CODE} characters")
        if self.webhook_url and not self.monitor_port:
            raise ValueError("a webhook needs monitor_port, where its health is asked for")
        return self
