"""How the server stops: what is in flight is finished."""

import socket
import threading

from classifier.server.limits import Limits
from classifier.server.listeners import Listeners, listen
from classifier.tests.sockets import Application, Connect, answer
from classifier.tests.waiting import wait_until


def test_what_is_in_flight_is_finished_and_nothing_new_begun(
    connect: Connect, application: Application, running: Listeners
) -> None:
    connection = connect()
    connection.sendall(b"GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")
    application.wait_until_begun()
    running.drain()
    wait_until(lambda: is_refused(running.port))
    application.let_go()

    assert answer(connection).body == b"ok"


def test_what_never_ends_is_left(application: Application) -> None:
    listeners = listen(application, host="127.0.0.1", port=0, behind_proxy=False, limits=Limits(drain_s=0.3))
    thread = threading.Thread(target=listeners.run)
    thread.start()
    with socket.create_connection(("127.0.0.1", listeners.port)) as connection:
        connection.sendall(b"GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")
        application.wait_until_begun()
        listeners.drain()
        thread.join(5)

    assert not thread.is_alive()


def is_refused(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return True
    return False
