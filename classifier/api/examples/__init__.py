"""Real requests and answers, recorded by the tests, which the API's documentation shows."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
ERRORS_FILE = FOLDER / "errors.json"


@dataclass(frozen=True, slots=True)
class Example:
    """What was sent as JSON, if anything, and what was answered."""

    request: dict[str, Any] | None
    status: int
    answer: Any


@cache
def example_of(operation_id: str) -> Example | None:
    """The example of an operation, by its name in the schema; calls without JSON either way have none."""
    file = FOLDER / f"{operation_id}.json"
    return Example(**json.loads(file.read_text(encoding="utf-8"))) if file.exists() else None


@dataclass(frozen=True, slots=True)
class ErrorExample:
    """What an error was told as, and the field it was about."""

    type: str
    code: str
    detail: str
    attr: str | None


def error_example_of(code: str, *, about_photo: bool) -> ErrorExample:
    """How an error is told: of a photo, or of an account where that differs."""
    known = _error_examples()
    return known[code] if about_photo else known.get(f"account:{code}", known[code])


@cache
def _error_examples() -> dict[str, ErrorExample]:
    recorded = json.loads(ERRORS_FILE.read_text(encoding="utf-8"))
    return {name: ErrorExample(**told) for name, told in recorded.items()}
