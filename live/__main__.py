"""`python -m live`: starts what is shipped, and prints what each promise came to; exit status 1 if one is missed."""

import sys
import time
from collections.abc import Iterator
from itertools import chain

from benchmarks.results import verdict
from faults.finding import Finding
from live import load, trials
from live.stack import Stack, prepared
from live.walk import walk


def main() -> int:
    began, missed = time.monotonic(), 0
    with prepared() as stack:
        for finding in chain(_findings(stack), walk()):
            missed += finding.is_kept is False
            kept = "      " if finding.is_kept is None else verdict(is_kept=finding.is_kept)
            print(kept, f"{finding.promise:75}", finding.figure, flush=True)
    print(f"{missed} missed, {time.monotonic() - began:.0f} s")
    return 1 if missed else 0


def _findings(stack: Stack) -> Iterator[Finding]:
    yield trials.first_answers(stack)
    yield from trials.doors(stack)
    yield from trials.photos(stack)
    yield from load.stalled_clients(stack)
    yield from trials.figures(stack, stored=load.count_rows(stack))
    yield load.addresses_in_the_log(stack)
    yield trials.swap(stack)
    yield from load.end_under_load(stack)
    yield trials.first_answers(stack, "--preload")
    yield from load.end_under_load(stack)
    yield from trials.below_a_path(stack)


if __name__ == "__main__":
    sys.exit(main())
