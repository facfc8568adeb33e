"""Turns are taken by account."""

import pytest

from classifier.process.turns import Turns, has_share


def queued(*items: str) -> Turns[str]:
    """The first letter of an item is its account."""
    turns: Turns[str] = Turns()
    for item in items:
        turns.append(item[0], item)
    return turns


def begun(turns: Turns[str], count: int) -> list[str | None]:
    """The next items, each of which ends before the following one begins."""
    items = []
    for _ in range(count):
        item = turns.begin()
        items.append(item)
        turns.end(item[0] if item else "")
    return items


def test_accounts_take_turns_however_many_items_each_has() -> None:
    turns = queued("a1", "a2", "a3", "a4", "b1", "c1", "c2")

    assert begun(turns, 7) == ["a1", "b1", "c1", "a2", "c2", "a3", "a4"]


def test_items_of_one_account_keep_their_order_unless_one_goes_before_its_own() -> None:
    turns = queued("a1", "a2", "b1")
    turns.append("a", "a0", before_own=True)

    assert begun(turns, 4) == ["a0", "b1", "a1", "a2"]


def test_who_holds_the_least_is_next() -> None:
    turns = queued("a1", "a2", "a3")
    assert [turns.begin(), turns.begin()] == ["a1", "a2"]
    for item in ("b1", "b2", "b3"):
        turns.append("b", item)

    assert [turns.begin() for _ in range(4)] == ["b1", "b2", "a3", "b3"]


def test_no_turn_begins_for_those_who_hold_all_they_may() -> None:
    turns = queued("a1", "a2", "b1")

    assert [turns.begin(max_held=1) for _ in range(3)] == ["a1", "b1", None]
    turns.end("a")
    assert turns.begin(max_held=1) == "a2"


def test_it_knows_what_is_held_and_queued_by_whom() -> None:
    turns = queued("a1", "a2", "a3", "b1")
    turns.begin()

    assert (turns.held, turns.count("a"), turns.count("b")) == (1, 3, 1)
    assert (len(turns), turns.count_queued("a"), turns.count_queued("c")) == (3, 2, 0)
    assert turns.queued_accounts == {"a", "b"}


def test_the_account_with_the_most_is_known_and_can_lose_its_last() -> None:
    turns = queued("a1", "a2", "b1", "b2", "c1")
    turns.begin()
    turns.append("b", "b3")

    assert (turns.count("a"), turns.count("b"), turns.largest) == (2, 3, "b")
    assert turns.pop_last("b") == "b3"
    assert [turns.pop_last(account) for account in ("a", "b", "b", "c")] == ["a2", "b2", "b1", "c1"]
    assert turns.largest is None


def test_what_is_removed_takes_no_turn() -> None:
    turns = queued("a1", "b1", "a2")

    assert turns.pop_where(lambda item: item.endswith("1")) == ["a1", "b1"]
    assert begun(turns, 2) == ["a2", None]


@pytest.mark.parametrize(("accounts", "each_has"), [(1, 14), (2, 10), (3, 7), (6, 4)])
def test_accounts_share_alike_and_leave_as_much_to_the_next(accounts: int, each_has: int) -> None:
    taken = [0] * accounts
    free = places = 28
    while has_share(min(taken), free=free):
        taken[taken.index(min(taken))] += 1
        free -= 1

    assert max(taken) == each_has
    assert free >= places // (accounts + 1)
