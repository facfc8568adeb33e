"""`python -m faults [CASE ...]`: prints what each promise came to; exit status 1 if one is broken."""

import importlib
import sys
import time

from rich.console import Console
from rich.table import Table

CASES = ("once", "hostile", "crowd", "storage", "end", "memory", "fuzz_images", "schema", "crash")


def main() -> int:
    chosen = sys.argv[1:] or CASES
    table = Table("promise", "measured", "kept")
    broken = 0
    for case in chosen:
        began = time.monotonic()
        for finding in importlib.import_module(f"faults.{case}").run():
            kept = {True: "yes", False: "NO", None: "not tried"}[finding.is_kept]
            broken += finding.is_kept is False
            table.add_row(finding.promise, finding.figure, kept)
            print(f"{case}: {finding.promise}: {finding.figure} ({kept})", flush=True)
        print(f"{case}: {time.monotonic() - began:.0f} s", flush=True)
    Console(width=140).print(table)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
