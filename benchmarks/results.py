"""What is said of measurements, and where they are kept: one JSON file each, with the machine they were taken on."""

import json
import os
import platform
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SHARED_DATA = ROOT.parent / "shared/data"
"""Material beside the checkout; what needs it is skipped where it is absent."""


def verdict(*, is_kept: bool) -> str:
    """What stands before a promise, in a column of its own."""
    return "kept  " if is_kept else "MISSED"


def write_result(name: str, figures: dict[str, Any]) -> None:
    """Writes `benchmarks/results/<name>.json`."""
    folder = ROOT / "benchmarks/results"
    folder.mkdir(exist_ok=True)
    machine = {"cores": os.cpu_count(), "python": platform.python_version(), "processor": platform.machine()}
    (folder / f"{name}.json").write_text(json.dumps({"machine": machine, **figures}, indent=1) + "\n")
