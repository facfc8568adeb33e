"""Admission: how many photos may be in progress and queued at once, so that memory is bounded and shared fairly."""

import threading
import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager

from classifier import metrics
from classifier.conf import conf
from classifier.errors import AbandonedError, BusyError
from classifier.process.turns import Turns, has_share

RECHECK_S = 1.0
"""How often a queued photo checks whether one in progress has become stuck."""


NOBODY = ""
"""The account of the server's own work, which takes no account's places."""
ALONE_AFTER_S = 2.0
"""How long an account must have been the only one until it gets all places: longer than between two photos."""


def always() -> bool:
    return True


class Gate:
    """Lets `max_concurrent_photos` in, queues `max_waiting_photos` and refuses the others.

    Accounts take turns. None has more of the queue than it leaves to the others, nor more than half of the places
    unless it is alone. A photo in progress for longer than `inference_timeout_s` is stuck, and no longer counts as in
    progress.
    """

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._lock = threading.Lock()
        self._clock = clock
        self._turns: Turns[Turn] = Turns()
        self._entered: dict[Turn, float] = {}
        self._last_here: dict[Hashable, float] = {}
        self._queues: list[Callable[[], int]] = []

    @contextmanager
    def entered(self, *, account: Hashable = None, is_waiting: Callable[[], bool] = always) -> Iterator["Turn"]:
        """Lets a photo of an account in, now or after queueing.

        Raises BusyError at once when too many are queued, or after `queue_timeout_s`; AbandonedError when nobody
        waits for the response any more when its turn comes.
        """
        turn = Turn(self, account, is_waiting)
        try:
            self._queue(turn)
            metrics.note_photos()
            self.wait_for(turn)
            metrics.note_photos()
            yield turn
        finally:
            self._leave(turn)
            metrics.note_photos()

    @contextmanager
    def counting(self, queue: Callable[[], int]) -> Iterator[None]:
        """Adds a queue in front of the gate to `queued`: the server has its own."""
        self._queues.append(queue)
        try:
            yield
        finally:
            self._queues.remove(queue)

    @property
    def in_progress(self) -> int:
        return len(self._entered)

    @property
    def queued(self) -> int:
        return len(self._turns) + sum(count() for count in self._queues)

    @property
    def stuck(self) -> int:
        """How many have been in progress for so long that they no longer count."""
        return len(self._entered) - self._count_not_stuck()

    def wait_for(self, turn: "Turn") -> None:
        """Returns when a queued turn has come. Raises BusyError after `queue_timeout_s`, AbandonedError."""
        until = self._clock() + conf.queue_timeout_s
        while not turn.has_come.wait(max(0.0, min(until - self._clock(), RECHECK_S))):
            with self._lock:
                self._let_in()
                if self._clock() >= until and not turn.has_come.is_set():
                    raise BusyError
        if not turn.is_waiting():
            raise AbandonedError

    def queue_again(self, turn: "Turn") -> None:
        """Ends a turn and queues for the next: behind other accounts, before what its own has not begun."""
        with self._lock:
            turn.has_come.clear()
            self._turns.append(turn.account, turn, before_own=True)
            self._end(turn)

    def _queue(self, turn: "Turn") -> None:
        """Raises BusyError when it does not begin at once and the account has its share of the queue."""
        with self._lock:
            may_wait = self._has_share(turn.account)
            self._turns.append(turn.account, turn)
            self._let_in()
            if not (may_wait or turn.has_come.is_set()):
                raise BusyError

    def _leave(self, turn: "Turn") -> None:
        with self._lock:
            self._turns.pop_where(lambda queued: queued is turn)
            self._end(turn)

    def _end(self, turn: "Turn") -> None:
        """Lets the next in first, so that the turn that ends still counts and other accounts go before its own."""
        if self._entered.pop(turn, None) is not None:
            self._last_here[turn.account] = self._clock()
            self._let_in()
            self._turns.end(turn.account)

    def _let_in(self) -> None:
        at_most = self._places_for_one()
        while self._is_open() and (turn := self._turns.begin(max_held=at_most)) is not None:
            self._entered[turn] = self._last_here[turn.account] = self._clock()
            turn.has_come.set()

    def _places_for_one(self) -> int | None:
        """How many places one account may have; None when there is only one."""
        recently = self._clock() - ALONE_AFTER_S
        here = ({turn.account for turn in self._entered} | self._turns.queued_accounts) - {NOBODY}
        self._last_here.pop(NOBODY, None)
        self._last_here = {account: at for account, at in self._last_here.items() if at > recently or account in here}
        if len(here | self._last_here.keys()) <= 1:
            return None
        return -(-conf.max_concurrent_photos // 2) + self.stuck

    def _has_share(self, account: Hashable) -> bool:
        free = conf.max_waiting_photos - len(self._turns)
        return has_share(self._turns.count_queued(account), free=free)

    def _is_open(self) -> bool:
        return self._count_not_stuck() < conf.max_concurrent_photos

    def _count_not_stuck(self) -> int:
        stuck_before = self._clock() - conf.inference_timeout_s
        return sum(since > stuck_before for since in tuple(self._entered.values()))


class Turn:
    """The right to work on one photo of a request."""

    def __init__(self, gate: Gate, account: Hashable, is_waiting: Callable[[], bool]) -> None:
        self.account = account
        self.is_waiting = is_waiting
        self.has_come = threading.Event()
        self._gate = gate

    def renew(self) -> None:
        """Lets others go first, then returns for the next photo of the request. Raises BusyError, AbandonedError."""
        self._gate.queue_again(self)
        self._gate.wait_for(self)


gate = Gate()
metrics.track_photos(in_progress=lambda: gate.in_progress, queued=lambda: gate.queued)
