from pathlib import Path

import pytest

from bot.config import Settings, load, token, webhook_secret
from index.errors import ConfigError

EXAMPLE = Path(__file__).parents[2] / "config.example.toml"


def _load(tmp_path: Path, text: str) -> Settings:
    file = tmp_path / "config.toml"
    file.write_text(text)
    return load(file)


def test_the_example_loads_and_equals_the_defaults() -> None:
    assert load(EXAMPLE).model_dump() == Settings().model_dump()
    shown = EXAMPLE.read_text()
    for section, values in Settings().model_dump().items():
        assert f"[{section}]" in shown
        assert all(f"\n{key} = " in shown or f"[{section}.{key}]" in shown for key in values)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[answer]\ntreshold = 0.1", "unknown key answer.treshold; did you mean threshold?"),
        ("[answr]\nx = 1", "unknown key answr; did you mean answer?"),
        (
            "[index]\ncolour = 1",
            "unknown key index.colour; known here: path, sources, keep, boilerplate, most_lost, ",
        ),
        ("[answer]\nthreshold = 7", "answer.threshold: input should be less than or equal to 1."),
        ("[index]\npath = 3", "index.path: input should be a valid string."),
        ("[telegram]\ntoken = 'x'", "unknown key telegram.token"),
        ("[telegram]\nacces = 'open'", "unknown key telegram.acces; did you mean access?"),
        ("[telegram]\naccess = 'invite'", "invite_code must have at least 8 characters"),
        ("[telegram]\nadmins = ['me']", "telegram.admins.0: input should be a valid integer"),
        ("[telegram]\nwebhook_url = 'http://x.org/h'", "must be https://HOST/PATH"),
        ("[telegram]\nwebhook_url = 'https://x.org/h'", "a webhook needs monitor_port"),
        ("folder = 'x'", "unknown key folder"),
        ("[passages]\nenough_words = 200", "enough_words must not exceed most_words"),
        ("[answer", "not TOML"),
    ],
)
def test_mistakes_are_named(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        _load(tmp_path, text)
    assert message in str(caught.value) and "\n" not in str(caught.value)


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"nowhere\.toml: cannot be read"):
        load(tmp_path / "nowhere.toml")


def test_paths_count_from_the_config_file(tmp_path: Path) -> None:
    settings = _load(tmp_path, '[index]\npath = "ix"\nsources = ["in"]')
    assert settings.resolve(settings.index.path) == tmp_path / "ix"


@pytest.mark.parametrize("value", ["", "short", "with spaces in it, and long", "ü" * 20])
def test_a_webhook_secret_is_one_that_telegram_takes(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("PULLQUOTE_TELEGRAM_WEBHOOK_SECRET", value)
    with pytest.raises(ConfigError, match="16 to 256"):
        webhook_secret()
    monkeypatch.setenv("PULLQUOTE_TELEGRAM_WEBHOOK_SECRET", "a-good-secret_0123")
    assert "good" not in repr(webhook_secret())


def test_the_token_comes_from_the_environment_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PULLQUOTE_TELEGRAM_TOKEN", raising=False)
    with pytest.raises(ConfigError, match="PULLQUOTE_TELEGRAM_TOKEN"):
        token()
    monkeypatch.setenv("PULLQUOTE_TELEGRAM_TOKEN", "12:secret")
    assert "secret" not in repr(token()) + str(token())
