"""Times functions of a running server from outside: what each step takes itself, without the steps inside it."""

import functools
import importlib
import itertools
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median
from typing import Any

Clock = Callable[[], float]


class StepNotFoundError(LookupError):
    """A step is not where its name says, or is private: its time would be counted as another's."""


@dataclass
class StepTime:
    wall_s: float = 0.0
    cpu_s: float = 0.0


@dataclass
class Record:
    """One request of the only client, or everything of many: step to what it took, of all threads together."""

    began_s: float
    process_cpu_s: float
    steps: dict[str, StepTime] = field(default_factory=lambda: defaultdict(StepTime))


class Stopwatch:
    """Puts a timing function in the place of each function that is watched; the clocks may be others."""

    def __init__(
        self,
        *,
        wall: Clock = time.perf_counter,
        thread_cpu: Clock = time.thread_time,
        process_cpu: Clock = time.process_time,
    ) -> None:
        self._wall, self._thread_cpu, self._process_cpu = wall, thread_cpu, process_cpu
        self._records = [self._new_record()]
        self._splits = False
        self._calls: Counter[str] = Counter()
        self._local = threading.local()
        self._lock = threading.Lock()

    def watch(self, step: str, name: str, *, begins_request: bool = False) -> None:
        """Times `module:function` or `module:Class.method`, by the public name under which it is called.

        A function that callers import by its name is watched in the caller's module. A name that ends in `()` stands
        for what the call returns, too. Raises StepNotFoundError.
        """
        owner, attribute = _find(step, name)
        self._calls[name] = 0
        timed = self._timed(step, name, getattr(owner, attribute), begins_request=begins_request)
        setattr(owner, attribute, self._timing_result(step, name, timed) if name.endswith("()") else timed)

    @property
    def uncalled(self) -> list[str]:
        """What is watched and was not called since the start: the time that it should have is another step's."""
        return [name for name, calls in self._calls.items() if not calls]

    def start(self, *, splits: bool) -> None:
        """Forgets what was; with `splits`, each request gets a record of its own, which needs a single client."""
        with self._lock:
            self._splits = splits
            self._records = [self._new_record()]
            self._calls = Counter(dict.fromkeys(self._calls, 0))

    def stop(self) -> list[Record]:
        """What was recorded, but for the first and the last, which are not whole when there are many."""
        with self._lock:
            records, self._records = self._records, [self._new_record()]
        return records[1:-1] if self._splits else records

    def _timing_result(self, step: str, name: str, timed: Callable[..., Any]) -> Callable[..., Any]:
        """What a call that was timed returns is timed when it is called."""

        @functools.wraps(timed)
        def timing_result(*arguments: Any, **options: Any) -> Callable[..., Any]:
            return self._timed(step, name, timed(*arguments, **options))

        return timing_result

    def _timed(
        self, step: str, name: str, original: Callable[..., Any], *, begins_request: bool = False
    ) -> Callable[..., Any]:
        @functools.wraps(original)
        def timed(*arguments: Any, **options: Any) -> Any:
            if begins_request and self._splits:
                self._records.append(self._new_record())
            outer: StepTime | None = getattr(self._local, "inside", None)
            inside = self._local.inside = StepTime()
            wall, cpu = self._wall(), self._thread_cpu()
            try:
                return original(*arguments, **options)
            finally:
                wall_s, cpu_s = self._wall() - wall, self._thread_cpu() - cpu
                self._add(step, name, wall_s - inside.wall_s, cpu_s - inside.cpu_s)
                if outer is not None:
                    outer.wall_s += wall_s
                    outer.cpu_s += cpu_s
                self._local.inside = outer

        return timed

    def _add(self, step: str, name: str, wall_s: float, cpu_s: float) -> None:
        with self._lock:
            self._calls[name] += 1
            spent = self._records[-1].steps[step]
            spent.wall_s += wall_s
            spent.cpu_s += cpu_s

    def _new_record(self) -> Record:
        return Record(self._wall(), self._process_cpu())


def _find(step: str, name: str) -> tuple[Any, str]:
    """What holds the function, a module or a class, and the function's name in it."""
    module_name, _, path = name.removesuffix("()").partition(":")
    *outer, attribute = path.split(".")
    if any(part.startswith("_") for part in (*outer, attribute)):
        raise StepNotFoundError(f"{name}, where {step!r} is timed, is private. Name what calls it.")
    try:
        owner: Any = importlib.import_module(module_name)
        for part in outer:
            owner = getattr(owner, part)
        getattr(owner, attribute)
    except (ImportError, AttributeError) as error:
        raise StepNotFoundError(f"{name}, where {step!r} is timed, is not there: {error}.") from error
    return owner, attribute


def typical_ms(records: list[Record], step: str) -> tuple[float, float]:
    """The median wall and CPU time of a step in a request, in milliseconds."""
    times = [record.steps.get(step, StepTime()) for record in records]
    return median(one.wall_s for one in times) * 1000, median(one.cpu_s for one in times) * 1000


def between_ms(records: list[Record]) -> tuple[float, float]:
    """The median wall and process CPU time from one request to the next, in milliseconds."""
    pairs = list(itertools.pairwise(records))
    wall = median(after.began_s - before.began_s for before, after in pairs)
    cpu = median(after.process_cpu_s - before.process_cpu_s for before, after in pairs)
    return wall * 1000, cpu * 1000
