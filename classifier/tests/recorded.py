"""Files with what was really sent and answered: tests compare with them, and `make record` writes them anew."""

import json
import os
from pathlib import Path
from typing import Any


def check_recorded(file: Path, value: object) -> None:
    """Fails when `value` is not what the file has, apart from digits that differ between processors."""
    if os.environ.get("RECORD"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(rounded(value), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    assert rounded(value) == read_recorded(file)


def check_recorded_text(file: Path, text: str) -> None:
    """Fails when `text` is not what the file has."""
    if os.environ.get("RECORD"):
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


def read_recorded(file: Path) -> Any:
    return json.loads(file.read_text(encoding="utf-8"))


def rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, dict):
        return {key: rounded(part) for key, part in value.items()}
    return [rounded(part) for part in value] if isinstance(value, list) else value
