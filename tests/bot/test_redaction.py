import io
import logging
import sys
from collections.abc import Iterator

import pytest
from pydantic import SecretStr

from bot.redaction import OneLine, guard_logs, redact

SECRET = SecretStr("123:abcDEF")


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    factory, root = logging.getLogRecordFactory(), logging.getLogger()
    out = io.StringIO()
    handler, level = logging.StreamHandler(out), root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    guard_logs(SECRET)
    yield out
    logging.setLogRecordFactory(factory)
    root.removeHandler(handler)
    root.setLevel(level)


def test_messages_arguments_and_tracebacks_are_clean(log: io.StringIO) -> None:
    value = SECRET.get_secret_value()
    logger = logging.getLogger("some.client")
    logger.debug("GET https://api/bot%s/getMe", value)
    logger.info(f"plain {value}")
    logger.warning("object %r", {"url": f"/bot{value}"})
    try:
        raise RuntimeError(f"failed at /bot{value}/x")
    except RuntimeError:
        logger.exception("while polling")
    written = log.getvalue()
    assert value not in written
    assert written.count("[token]") == 4
    assert "RuntimeError: failed at /bot[token]/x" in written and "while polling" in written


def test_other_records_pass_unchanged(log: io.StringIO) -> None:
    logging.getLogger("x").info("%d of %s", 3, "five")
    assert log.getvalue() == "3 of five\n"


def test_redact() -> None:
    assert redact("a 123:abcDEF b", SECRET) == "a [token] b"
    assert redact("nothing", None) == "nothing"


def test_a_record_for_the_operator_is_one_line() -> None:
    try:
        raise RuntimeError("the cause")
    except RuntimeError:
        record = logging.LogRecord(
            "telegram.ext", logging.ERROR, "x.py", 1, "first %s\nsecond", ("line",), sys.exc_info()
        )
    shown = OneLine().format(record)
    assert shown.endswith("ERROR telegram.ext: first line")
    assert "\n" not in shown and "Traceback" not in shown
