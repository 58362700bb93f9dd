"""The documentation is held to the code."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import typer

from bot.cli import app

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def commands() -> dict[str, Any]:
    """Every command by what is typed after `pullquote`."""
    found: dict[str, Any] = {}
    for name, command in typer.main.get_group(app).commands.items():
        inner = getattr(command, "commands", None)
        found |= {f"{name} {key}": c for key, c in inner.items()} if inner else {name: command}
    return found


@pytest.mark.parametrize("name", commands())
def test_every_command_has_help_an_example_and_a_place_in_the_readme(name: str) -> None:
    text = commands()[name].help or ""
    assert f"pullquote {name}" in text and "Example:" in text
    assert f"pullquote {name}" in README


@pytest.mark.parametrize("name", commands())
def test_config_and_index_work_everywhere(name: str) -> None:
    options = {option for p in commands()[name].params for option in p.opts}
    assert {"--config", "--index"} <= options


def test_the_readme_names_only_commands_that_exist() -> None:
    named = set(re.findall(r"^pullquote ((?:index |feedback )?[a-z]+)", README, re.MULTILINE))
    assert named and named <= set(commands())


def test_the_changelog_has_this_version() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert f"## {version}" in (ROOT / "CHANGELOG.md").read_text()


def test_links_inside_the_repository_lead_somewhere() -> None:
    for file in [ROOT / "README.md", *ROOT.glob("docs/**/*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", file.read_text(encoding="utf-8")):
            assert (file.parent / target).exists(), f"{file.name}: {target}"
