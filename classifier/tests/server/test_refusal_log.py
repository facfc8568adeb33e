"""Lines of the log for what the server refuses by itself."""

import logging
from typing import Any

import pytest

from classifier.server.refusal_log import RefusalLog, Refused
from classifier.tests.waiting import wait_until

STRANGER = Refused(method="POST", path="/first", status=401, address="192.0.2.1", account=None, ms=1.0)
AGAIN = Refused(method="POST", path="/second", status=401, address="192.0.2.1", account=None, ms=1.0)
BUSY = Refused(method="POST", path="/first", status=503, address="192.0.2.1", account=7, ms=1.0)


def written(refused: list[Refused], caplog: pytest.LogCaptureFixture) -> list[Any]:
    log = RefusalLog()
    with caplog.at_level(logging.INFO, "classifier.requests"):
        for one in refused:
            log.add(one)
        log.shutdown(timeout_s=5)
    return [record.msg for record in caplog.records]


def test_a_single_one_is_a_line_with_its_facts(caplog: pytest.LogCaptureFixture) -> None:
    (line,) = written([BUSY], caplog)

    assert (line["method"], line["path"], line["status"]) == ("POST", "/first", 503)
    assert (line["address"], line["user"]) == ("192.0.2.1", 7)
    assert "more" not in line


def test_those_of_one_sender_are_one_line_with_their_number(caplog: pytest.LogCaptureFixture) -> None:
    first, other = written([STRANGER, AGAIN, BUSY, AGAIN], caplog)

    assert (first["path"], first["status"], first["more"]) == ("/first", 401, 2)
    assert (other["status"], other.get("more")) == (503, None)


def test_what_was_written_is_not_written_again(caplog: pytest.LogCaptureFixture) -> None:
    log = RefusalLog()
    with caplog.at_level(logging.INFO, "classifier.requests"):
        log.add(STRANGER)
        log.write()
        wait_until(lambda: bool(caplog.records))
        log.write()
        log.shutdown(timeout_s=5)

    assert len(caplog.records) == 1
