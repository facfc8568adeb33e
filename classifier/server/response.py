"""What the application answers, on its way out: no thread and no turn of the select loop belongs to a slow reader."""

from collections.abc import Callable, Iterable
from typing import Any

from waitress.task import WSGITask

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Response(WSGITask):  # type: ignore[misc]
    """The answer to one request: the last on its connection when the server is about to end."""

    def start(self) -> None:
        super().start()
        self.channel.begin_answer()
        if self.channel.server.is_draining:
            self.set_close_on_finish()

    def finish(self) -> None:
        if self.request.command == "HEAD":
            self.write(b"")  # the headers alone, without even the end of chunks
            self.chunked_response = False
        super().finish()
        self.channel.end_answer()


def without_bodies_of_head(application: Application) -> Application:
    """Sends no body to HEAD: Django leaves that to the server, and waitress to the application."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        body = application(environ, start_response)
        if environ["REQUEST_METHOD"] != "HEAD":
            return body
        if hasattr(body, "close"):
            body.close()
        return []

    return answer
