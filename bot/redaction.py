"""Keeps a secret out of every log, whatever its level and whoever writes it.

The HTTP library logs each URL, and a Bot API URL holds the token; so do some exceptions. Filters
on one handler would miss the others, so records are cleaned where they are made.
"""

from __future__ import annotations

import logging
import traceback
from typing import Any

from pydantic import SecretStr

HIDDEN = "[token]"


def redact(text: str, secret: SecretStr | None) -> str:
    value = secret.get_secret_value() if secret else ""
    return text.replace(value, HIDDEN) if value else text


def guard_logs(secret: SecretStr) -> None:
    """From now on no log record of this process can hold ``secret``."""
    make = logging.getLogRecordFactory()
    value = secret.get_secret_value()

    def make_clean(*args: Any, **kwargs: Any) -> logging.LogRecord:
        record = make(*args, **kwargs)
        text = _message(record)
        if record.exc_info and record.exc_info[0]:
            trace = "".join(traceback.format_exception(*record.exc_info))
            if value in trace:
                text, record.exc_info = f"{text}\n{trace}", None
        if value in text:
            record.msg, record.args = redact(text, secret), ()
        return record

    logging.setLogRecordFactory(make_clean)


class OneLine(logging.Formatter):
    """A record on one line: libraries log tracebacks of what we report ourselves."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        message = _message(record).strip()
        plain = logging.makeLogRecord({**record.__dict__, "exc_info": None, "exc_text": None})
        plain.msg, plain.args = message.splitlines()[0] if message else "", ()
        return super().format(plain)


def log_to_terminal() -> None:
    """Warnings of all libraries, and what the bot says, on standard error, a line each."""
    handler = logging.StreamHandler()
    handler.setFormatter(OneLine())
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    logging.getLogger("pullquote").setLevel(logging.INFO)


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except (TypeError, ValueError):
        # A mistaken format string must not stop the program; logging reports it later.
        return f"{record.msg} {record.args}"
