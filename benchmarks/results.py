"""What is said of measurements, and where they are kept: one JSON file each, with the machine they were taken on."""

import argparse
import json
import os
import platform
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SHARED_DATA = ROOT.parent / "shared/data"
"""Material beside the checkout; what needs it is skipped where it is absent."""


@dataclass(frozen=True, slots=True)
class Promise:
    """A figure that was measured: `found` must be at least `wanted`, or at most when `at_most`."""

    what: str
    found: float
    wanted: float
    at_most: bool = False

    @property
    def is_kept(self) -> bool:
        return self.found <= self.wanted if self.at_most else self.found >= self.wanted

    def __str__(self) -> str:
        sign = "≤" if self.at_most else "≥"
        return f"{verdict(is_kept=self.is_kept)} {self.what:66}{self.found:8.2f} {sign} {self.wanted:g}"


def verdict(*, is_kept: bool) -> str:
    """What stands before a promise, in a column of its own."""
    return "kept  " if is_kept else "MISSED"


def quantile(values: list[float], part: float) -> float:
    """The value that `part` (0..1) of `values` do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def parser_of(benchmark: str, description: str | None) -> argparse.ArgumentParser:
    """A parser with what all benchmarks take."""
    parser = argparse.ArgumentParser(prog=f"python -m benchmarks.{benchmark}", description=description)
    parser.add_argument("--save", action="store_true", help="write benchmarks/results/, as `make bench` does")
    return parser


def write_result(name: str, figures: dict[str, Any]) -> None:
    """Writes `benchmarks/results/<name>.json`."""
    folder = ROOT / "benchmarks/results"
    folder.mkdir(exist_ok=True)
    machine = {"cores": os.cpu_count(), "python": platform.python_version(), "processor": platform.machine()}
    (folder / f"{name}.json").write_text(json.dumps({"machine": machine, **figures}, indent=1) + "\n")
