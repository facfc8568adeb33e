"""`python -m clients`: prints whether each client generated from the schema works; exit status 1 if one does not.

Each registers, signs in, sends a photo, lists it and deletes it, with nothing but what was generated.
"""

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.live.server import running
from benchmarks.results import ROOT, verdict
from clients.generators import GENERATORS, Generator
from faults.finding import Finding

PHOTO = ROOT / "docs/images/orange.jpg"


def main() -> int:
    began, missed = time.monotonic(), 0
    with running() as server:
        for number, (name, (generate, *programs)) in enumerate(GENERATORS.items()):
            finding = _try(name, generate, programs, f"http://127.0.0.1:{server.port}", f"visitor{number}")
            missed += finding.is_kept is False
            kept = "      " if finding.is_kept is None else verdict(is_kept=finding.is_kept)
            print(kept, f"{finding.promise:60}", finding.figure, flush=True)
    print(f"{missed} missed, {time.monotonic() - began:.0f} s")
    return 1 if missed else 0


def _try(name: str, generate: Generator, programs: list[str], address: str, account: str) -> Finding:
    lacking = [program for program in programs if program and shutil.which(program) is None]
    if lacking:
        return Finding(name, f"not tried: there is no {' and no '.join(lacking)} here", None)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="client-") as folder:
        try:
            command = [*generate(Path(folder)), address, str(PHOTO), account]
            done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=folder, timeout=120)
        except subprocess.CalledProcessError as error:
            return Finding(name, (error.stderr or error.stdout)[-1500:].strip(), is_kept=False)
    return Finding(name, f"{done.stdout.strip()}, {time.monotonic() - began:.0f} s", is_kept=True)


if __name__ == "__main__":
    sys.exit(main())
