"""The headers of answers, as the schema tells of them: of all answers, of errors, and those that views declare."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from drf_spectacular.plumbing import ComponentRegistry, ResolvedComponent
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter

from classifier.api.failures import Failure


@dataclass(frozen=True, slots=True)
class Header:
    """One that an operation need not declare; `is_certain` where the application answers, and nothing before it."""

    name: str
    type: str
    description: str
    is_certain: bool = True


REQUEST_ID = Header(
    "X-Request-ID", "string", "Names the request in the server's log; yours, if you sent one.", is_certain=False
)
RETRY_AFTER = Header("Retry-After", "integer", "Seconds after which to ask again.")
AUTHENTICATE = Header("WWW-Authenticate", "string", "How to sign in: the scheme of `Authorization`.")


def declared(name: str, description: str, *statuses: int, type: Any = str, is_certain: bool = True) -> OpenApiParameter:
    """A header of the answers with these statuses, among the parameters of an operation."""
    header = OpenApiParameter.HEADER
    return OpenApiParameter(name, type, header, required=is_certain, description=description, response=[*statuses])


LOCATION = declared("Location", "The address of what was made.", 201, type=OpenApiTypes.URI)
REPLAYED = declared(
    "Idempotency-Replayed", "There when the key had its answer before.", 201, type=bool, is_certain=False
)
FILE_NAME = declared("Content-Disposition", "The name of the file.", 200)
PICTURE = [
    declared("ETag", "Changes with the picture; for `If-None-Match` and `If-Range`.", 200, 206, 304),
    declared("Content-Disposition", "The name of the file.", 200, 206),
    declared("Accept-Ranges", "`bytes` where parts of it may be asked for.", 200, 206, is_certain=False),
    declared("Content-Range", "Which part it is, of how many bytes.", 206, 416),
]


def add_headers(response: dict[str, Any], failures: Iterable[Failure], registry: ComponentRegistry) -> None:
    """Adds to a response those that need no declaration; `failures` are the errors that it may have."""
    headers = response.setdefault("headers", {})
    for header in _headers_of(list(failures)):
        described: dict[str, Any] = {"schema": {"type": header.type}, "description": header.description}
        if header.is_certain:
            described["required"] = True
        component = ResolvedComponent(header.name, ResolvedComponent.HEADER, described, object=header.name)
        registry.register_on_missing(component)
        headers[header.name] = component.ref


def _headers_of(failures: list[Failure]) -> Iterator[Header]:
    yield REQUEST_ID
    if any(failure.is_retryable for failure in failures):
        yield RETRY_AFTER
    if any(failure.status == 401 for failure in failures):
        yield AUTHENTICATE
