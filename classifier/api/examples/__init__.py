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


def error_example_of(operation_id: str, code: str) -> dict[str, Any] | None:
    """The body with which an operation answered an error; None where none is on record yet."""
    known = _error_examples()
    recorded = known.get(f"{operation_id}:{code}", known.get(code))
    return recorded and {"type": recorded["type"], "errors": [{k: recorded[k] for k in ("code", "detail", "attr")}]}


@cache
def _error_examples() -> dict[str, dict[str, Any]]:
    """By code, and by operation and code where an operation says something else."""
    recorded: dict[str, dict[str, Any]] = json.loads(ERRORS_FILE.read_text(encoding="utf-8"))
    return recorded
