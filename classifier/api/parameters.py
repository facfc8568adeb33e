"""Query parameters: those that an endpoint does not have are refused."""

from collections.abc import Iterable

from rest_framework.request import Request

from classifier.errors import UnknownParameterError

RENDERING = "format"
"""What Django REST framework takes everywhere."""
LONGEST_SHOWN = 50


def check_known(request: Request, parameters: Iterable[str]) -> None:
    """Raises UnknownParameterError for the first parameter in the query that is none of these."""
    known = sorted(parameters)
    for name in request.query_params:
        if name not in {*known, RENDERING}:
            raise UnknownParameterError(name=ascii(name[:LONGEST_SHOWN])[1:-1], known=", ".join(known) or "none")
