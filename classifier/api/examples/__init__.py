"""Real requests and answers, recorded by the tests, which the API's documentation shows."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


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
