"""What staff do with the rows of a list in the admin, as a browser sends it."""

from urllib.parse import urlencode

from benchmarks.live.server import LiveServer

PREDICTIONS_LIST = "/admin/classifier/prediction/"
CSRF = "a" * 32
"""A secret of the browser's own: the server compares what the cookie and the header say."""


def headers_of(session: str) -> dict[str, str]:
    """Those of a signed-in browser that sends a form."""
    return {
        "Cookie": f"sessionid={session}; csrftoken={CSRF}",
        "X-CSRFToken": CSRF,
        "Authorization": "",
        "Content-Type": "application/x-www-form-urlencoded",
    }


def action_on_all(action: str, **more: str) -> bytes:
    """The form that does something with all rows that the list has."""
    return urlencode({"action": action, "select_across": "1", "_selected_action": "any", **more}).encode()


def delete_all(server: LiveServer, session: str, search: str, *, timeout_s: float) -> int:
    """Deletes as many as go at a time of the predictions that a search finds; the status."""
    path = f"{PREDICTIONS_LIST}?{urlencode({'q': search})}"
    form = action_on_all("delete_selected", post="yes")
    return server.request("POST", path, form, headers_of(session), timeout_s=timeout_s).status
