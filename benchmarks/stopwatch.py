"""Times functions of a running server from outside: what each step takes itself, without the steps inside it."""

import functools
import importlib
import itertools
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median
from typing import Any


@dataclass
class Spent:
    wall_s: float = 0.0
    cpu_s: float = 0.0


@dataclass
class Record:
    """One request of the only client, or everything of many: step to what it took, of all threads together."""

    steps: dict[str, Spent] = field(default_factory=lambda: defaultdict(Spent))
    began_s: float = field(default_factory=time.perf_counter)
    process_cpu_s: float = field(default_factory=time.process_time)


class Stopwatch:
    def __init__(self) -> None:
        self.missing: list[str] = []
        self._records: list[Record] = [Record()]
        self._splits = False
        self._local = threading.local()
        self._lock = threading.Lock()

    def watch(self, step: str, name: str, *, begins_request: bool = False) -> None:
        """Times `module:function` or `module:Class.method`, wherever the project's modules call it by."""
        module_name, _, path = name.partition(":")
        owner: Any = importlib.import_module(module_name)
        *outer, attribute = path.split(".")
        for part in outer:
            owner = getattr(owner, part, None)
        original = getattr(owner, attribute, None)
        if original is None:
            self.missing.append(name)
            return
        timed = self._timed(step, original, begins_request)
        setattr(owner, attribute, timed)
        for module in [] if outer else list(sys.modules.values()):
            if getattr(module, attribute, None) is original:
                setattr(module, attribute, timed)

    def start(self, *, splits: bool) -> None:
        """Forgets what was; with `splits`, each request gets a record of its own, which takes a single client."""
        with self._lock:
            self._splits = splits
            self._records = [Record()]

    def stop(self) -> list[Record]:
        """What was recorded, but for the first and the last, which are not whole when there are many."""
        with self._lock:
            records, self._records = self._records, [Record()]
        return records[1:-1] if self._splits else records

    def _timed(self, step: str, original: Callable[..., Any], begins_request: bool) -> Callable[..., Any]:
        @functools.wraps(original)
        def timed(*arguments: Any, **options: Any) -> Any:
            if begins_request and self._splits:
                self._records.append(Record())
            outer: Spent | None = getattr(self._local, "inside", None)
            inside = self._local.inside = Spent()
            wall, cpu = time.perf_counter(), time.thread_time()
            try:
                return original(*arguments, **options)
            finally:
                wall_s, cpu_s = time.perf_counter() - wall, time.thread_time() - cpu
                self._add(step, wall_s - inside.wall_s, cpu_s - inside.cpu_s)
                if outer is not None:
                    outer.wall_s += wall_s
                    outer.cpu_s += cpu_s
                self._local.inside = outer

        return timed

    def _add(self, step: str, wall_s: float, cpu_s: float) -> None:
        with self._lock:
            spent = self._records[-1].steps[step]
            spent.wall_s += wall_s
            spent.cpu_s += cpu_s


def typical_ms(records: list[Record], step: str) -> tuple[float, float]:
    """The median wall and CPU time of a step in a request, in milliseconds."""
    spent = [record.steps.get(step, Spent()) for record in records]
    return median(one.wall_s for one in spent) * 1000, median(one.cpu_s for one in spent) * 1000


def between_ms(records: list[Record]) -> tuple[float, float]:
    """The median wall and process CPU time from one request to the next, in milliseconds."""
    pairs = list(itertools.pairwise(records))
    wall = median(after.began_s - before.began_s for before, after in pairs)
    cpu = median(after.process_cpu_s - before.process_cpu_s for before, after in pairs)
    return wall * 1000, cpu * 1000
