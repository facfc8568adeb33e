"""Which connection goes when there are too many."""

from dataclasses import dataclass

import pytest

from classifier.server.connections import Connections
from classifier.server.limits import Limits
from classifier.tests.server.conftest import IMPATIENT
from classifier.tests.sockets import Connect, answer, is_cut

THREE_OF_ONE = Limits(max_connections=5, max_connections_per_address=3)


@dataclass(eq=False)
class Open:
    """A connection as the books see it."""

    peer: str = "192.0.2.1"
    last_activity: float = 0.0
    is_idle: bool = True
    account: int | None = None
    will_close: bool = False


def closed_of(connections: list[Open], *, limits: Limits = THREE_OF_ONE, is_behind_proxy: bool = False) -> list[Open]:
    books = Connections(limits, is_behind_proxy=is_behind_proxy)
    for connection in connections:
        books.add(connection)
    return [connection for connection in connections if connection.will_close]


def test_the_one_that_has_been_silent_for_longest_goes() -> None:
    connections = [Open(last_activity=when) for when in (2.0, 1.0, 3.0, 4.0)]

    assert closed_of(connections) == [connections[1]]


def test_whoever_waits_for_an_answer_stays_and_accounts_before_strangers() -> None:
    waits, of_account, stranger = Open(is_idle=False), Open(account=5, last_activity=1), Open(last_activity=2)

    assert closed_of([waits, of_account, stranger, Open(last_activity=3)]) == [stranger]


def test_the_new_one_goes_where_all_others_wait_for_answers() -> None:
    connections = [Open(is_idle=False) for _ in range(4)]

    assert closed_of(connections) == [connections[3]]


def test_what_was_closed_is_counted_no_more() -> None:
    books = Connections(THREE_OF_ONE, is_behind_proxy=False)
    for _ in range(10):
        connection = Open()
        books.add(connection)
        books.remove(connection)
        books.remove(connection)

    assert not connection.will_close


@pytest.mark.parametrize("same", [["192.0.2.1"] * 4, [f"2001:db8:0:1::{number}" for number in range(4)]])
def test_one_address_has_its_share(same: list[str]) -> None:
    assert len(closed_of([Open(peer) for peer in same])) == 1


def test_where_all_are_too_many_the_largest_crowd_gets_smaller() -> None:
    crowd = [Open(last_activity=when) for when in (2.0, 1.0, 3.0)]
    others = [Open(f"192.0.2.{number}") for number in range(2, 5)]

    assert closed_of([*crowd, *others]) == [crowd[1]]


def test_behind_a_proxy_all_that_counts_is_the_total() -> None:
    assert len(closed_of([Open() for _ in range(5)], is_behind_proxy=True)) == 0
    assert len(closed_of([Open() for _ in range(6)], is_behind_proxy=True)) == 1


@pytest.mark.parametrize("limits", [Limits(max_connections_per_address=10, header_timeout_s=30)])
def test_a_flood_of_half_requests_drowns_itself(connect: Connect) -> None:
    flood = [connect() for _ in range(50)]
    for connection in flood:
        connection.sendall(b"GET / HT")
    honest = connect()
    honest.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")

    assert answer(honest).body == b"ok"
    assert sum(is_cut(connection, within_s=1 if number else 5) for number, connection in enumerate(flood[:41])) >= 40


@pytest.mark.parametrize("limits", [IMPATIENT])
def test_a_connection_may_be_used_again_and_again(connect: Connect) -> None:
    connection = connect()
    for _ in range(20):
        connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        assert answer(connection).body == b"ok"
