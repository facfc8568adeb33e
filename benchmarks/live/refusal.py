"""Commands that ought to be refused."""

from benchmarks.live.server import CommandFailedError, LiveServer


def refusal_of(server: LiveServer, *command: str) -> str:
    """What a management command says when it fails, or nothing."""
    try:
        server.manage(*command)
    except CommandFailedError as error:
        return str(error)
    return ""
