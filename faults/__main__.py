"""`python -m faults [CASE ...]`: prints what each promise came to; exit status 1 if one is broken."""

import argparse
import importlib
import sys
import time
import traceback
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from rich.console import Console
from rich.table import Table

from faults.finding import Finding

TIMED = (
    "duplicates",
    "hostile_input",
    "overload",
    "fairness",
    "half_sent",
    "storage",
    "model_failures",
    "shutdown",
    "going_live",
    "sign_in",
    "equal_work",
    "large_accounts",
    "bulk_deletions",
    "slow_tables",
)
"""Cases whose promises are about seconds: each runs alone."""
FOLDER = Path(__file__).parent
CASES = sorted(path.stem for path in FOLDER.glob("*.py") if "\ndef run(" in path.read_text())
ON_REQUEST = ("remote",)
"""Cases that need an environment of their own, of a gigabyte: only when they are named, and alone."""
UNTIMED = tuple(case for case in CASES if case not in TIMED + ON_REQUEST)
"""Cases that may run beside another."""


def main() -> int:
    chosen = parse_cases()
    table = Table("promise", "measured", "kept")
    broken = 0
    for finding in _findings(chosen):
        kept = {True: "yes", False: "NO", None: "not tried"}[finding.is_kept]
        broken += finding.is_kept is False
        table.add_row(finding.promise, finding.figure, kept)
    Console(width=140).print(table)
    return 1 if broken else 0


def parse_cases() -> list[str]:
    known = [*TIMED, *UNTIMED, *ON_REQUEST]
    parser = argparse.ArgumentParser(prog="python -m faults", description=__doc__)
    parser.add_argument(
        "cases", nargs="*", metavar="CASE", help=f"of {', '.join(known)}; by default all but {', '.join(ON_REQUEST)}"
    )
    chosen: list[str] = parser.parse_args().cases
    if unknown := set(chosen) - set(known):
        parser.error(f"no such case: {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    return chosen or [*TIMED, *UNTIMED]


def _findings(chosen: Iterable[str]) -> Iterator[Finding]:
    for case in chosen:
        if case not in UNTIMED:
            yield from _run(case)
    with ProcessPoolExecutor(2) as pool:
        for found in pool.map(_run, [case for case in chosen if case in UNTIMED]):
            yield from found


def _run(case: str) -> list[Finding]:
    began = time.monotonic()
    found: list[Finding]
    try:
        found = importlib.import_module(f"faults.{case}").run()
    except Exception as error:  # the figures of the other cases are wanted all the same
        traceback.print_exc()
        found = [Finding(f"{case} runs to its end", f"{type(error).__name__}: {error}"[:200], is_kept=False)]
    print(f"{case}: {time.monotonic() - began:.0f} s", *found, sep="\n  ", flush=True)
    return found


if __name__ == "__main__":
    sys.exit(main())
