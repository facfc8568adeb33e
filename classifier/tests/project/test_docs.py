"""The commands in the documentation do what it says: they are run from it, against a live server.

Blocks of `sh` run one after the other in one shell, those of `python` in one interpreter; a `json` or `text` block is
what the block before it prints, with `…` for anything. Blocks of `console` need the network or minutes: not run.
"""

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection

from classifier.models import ModelVersion
from classifier_project.settings import BASE_DIR

DOCS = BASE_DIR / "docs"
TOURS = [
    ("tours/curl.md", "sh"),
    ("tours/python.md", "python"),
    ("other-clients.md", "python"),
    ("from-the-tutorials.md", "sh"),
]
ADDRESS = "127.0.0.1:8000"
RULE = "----- next block -----"
_FENCED = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Step:
    """A block to run, and what it prints."""

    language: str
    code: str
    output: str | None


def steps_of(page: Path) -> list[Step]:
    blocks = _FENCED.findall(page.read_text(encoding="utf-8"))
    followed = zip(blocks, [*blocks[1:], ("", "")], strict=True)
    return [
        Step(language, code, after if after_language in ("json", "text") else None)
        for (language, code), (after_language, after) in followed
        if language in ("sh", "python")
    ]


@pytest.fixture
def environment(serving: ModelVersion, settings: Any) -> dict[str, str]:
    """The server's own database and model, for commands, and the interpreter that runs this."""
    database = f"sqlite:///{connection.settings_dict['NAME']}"
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    return {**os.environ, "DATABASE_URL": database, "DATA_DIR": str(settings.DATA_DIR), "DEBUG": "1", "PATH": path}


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the commands are given the database as a file")
@pytest.mark.parametrize(("page", "language"), TOURS)
def test_what_a_page_says_is_what_happens(
    page: str, language: str, live_server: Any, environment: dict[str, str]
) -> None:
    User.objects.create_user("demo", password="demo")
    address = live_server.url.removeprefix("http://")
    steps = [step for step in steps_of(DOCS / page) if step.language == language]

    printed = run([step.code.replace(ADDRESS, address) for step in steps], language, environment)

    told = zip(steps, [text.replace(address, ADDRESS) for text in printed], strict=True)
    assert [(step.code, step.output, text) for step, text in told if not is_said(step, text)] == []


def run(blocks: list[str], language: str, environment: dict[str, str]) -> list[str]:
    """What each block prints."""
    rule = f"echo '{RULE}'\n" if language == "sh" else f"print('{RULE}', flush=True)\n"
    interpreter = ["bash", "-euo", "pipefail"] if language == "sh" else [sys.executable]
    done = subprocess.run(
        [*interpreter, "-c", rule.join(blocks)],
        env=environment,
        cwd=BASE_DIR,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done.stdout.split(f"{RULE}\n")


def is_said(step: Step, printed: str) -> bool:
    """Whether the page tells what was printed; spaces and line breaks are as it likes."""
    if step.output is None:
        return True
    wanted = ".*".join(re.escape(re.sub(r"\s", "", part)) for part in step.output.split("…"))
    return re.fullmatch(wanted, re.sub(r"\s", "", printed), re.DOTALL) is not None


def test_nothing_is_left_out() -> None:
    assert all({step.language for step in steps_of(DOCS / page)} == {language} for page, language in TOURS)


def test_another_output_than_said_is_noticed() -> None:
    step = Step("sh", "echo hello", '{"id": "…", "label": "red"}')

    assert is_said(step, '{"id":"7","label":"red"}\n')
    assert not is_said(step, '{"id":"7","label":"blue"}\n')
