"""Turns: who goes next where many accounts wait, so that none keeps the others from what they share."""

from collections import Counter, OrderedDict, deque
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

T = TypeVar("T")


def has_share(taken: int, *, free: int) -> bool:
    """Whether an account that has `taken` so many of something may take one of those that are `free`.

    It may hold no more than it leaves to the others: alone half of all, two accounts a third each, and so on. Whoever
    comes next finds some left.
    """
    return taken < free


class Turns(Generic[T]):
    """A queue by account. Next is who holds the least; of those, round robin. Its users see to the locking."""

    def __init__(self) -> None:
        self._queues: OrderedDict[Hashable, deque[T]] = OrderedDict()
        self._held: Counter[Hashable] = Counter()

    def __len__(self) -> int:
        return sum(map(len, self._queues.values()))

    @property
    def held(self) -> int:
        """How many turns have begun and not ended."""
        return self._held.total()

    @property
    def queued_accounts(self) -> set[Hashable]:
        return set(self._queues)

    def count_queued(self, account: Hashable) -> int:
        return len(self._queues.get(account, ()))

    def count(self, account: Hashable) -> int:
        """How many it holds and has queued."""
        return self._held[account] + self.count_queued(account)

    @property
    def largest(self) -> Hashable | None:
        """Of the accounts that have something queued, the one with the most; None when the queue is empty."""
        return max(self._queues, key=self.count, default=None)

    def append(self, account: Hashable, item: T, *, before_own: bool = False) -> None:
        """Queues an item behind those of its account, or before them."""
        queue = self._queues.setdefault(account, deque())
        if before_own:
            queue.appendleft(item)
        else:
            queue.append(item)

    def begin(self, *, max_held: int | None = None) -> T | None:
        """Takes the next item from the queue, or none when each account that waits holds `max_held` already."""
        if not self._queues:
            return None
        account = min(self._queues, key=self._held.__getitem__)
        if max_held is not None and self._held[account] >= max_held:
            return None
        item = self._queues[account].popleft()
        self._held[account] += 1
        self._queues.move_to_end(account)
        self._drop_empty()
        return item

    def end(self, account: Hashable) -> None:
        """Ends a turn that has begun."""
        self._held[account] -= 1
        if not self._held[account]:
            del self._held[account]

    def pop_last(self, account: Hashable) -> T:
        """Removes what an account queued last."""
        item = self._queues[account].pop()
        self._drop_empty()
        return item

    def pop_where(self, is_wanted: Callable[[T], bool]) -> list[T]:
        """Removes items from the queue."""
        removed: list[T] = []
        for account, queue in self._queues.items():
            removed += filter(is_wanted, queue)
            self._queues[account] = deque(item for item in queue if not is_wanted(item))
        self._drop_empty()
        return removed

    def _drop_empty(self) -> None:
        for account in [account for account, queue in self._queues.items() if not queue]:
            del self._queues[account]
