"""Which errors an operation may answer: those that its view declares, and those that come with how it is called."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, TypeVar

from rest_framework import exceptions

from classifier.errors import ClassifierError, RetryableError

Method = TypeVar("Method", bound=Callable[..., Any])
_FILLED_IN = re.compile(r"\{[^}]*\}")


@dataclass(frozen=True, slots=True)
class Failure:
    """An error as a client sees it; `detail` has `…` for figures that differ each time."""

    status: int
    code: str
    detail: str
    attr: str | None = None
    is_retryable: bool = False


def fails_with(*errors: type[ClassifierError]) -> Callable[[Method], Method]:
    """Declares what a view's method may raise: these errors and all that are special cases of them."""

    def declare(method: Method) -> Method:
        method.fails_with = errors  # type: ignore[attr-defined]
        return method

    return declare


def failures_of(method: Callable[..., Any], operation: dict[str, Any]) -> list[Failure]:
    """All failures of a view's method, by status; `operation` is what OpenAPI says of how it is called."""
    by_code: dict[tuple[int, str], Failure] = {}
    declared = map(special_cases, getattr(method, "fails_with", ()))
    for failure in chain(_of_the_call(operation), *declared):
        by_code.setdefault((failure.status, failure.code), failure)
    return sorted(by_code.values(), key=lambda failure: failure.status)


def special_cases(error: type[ClassifierError]) -> Iterator[Failure]:
    """The error itself, if clients ever see it, and those that derive from it."""
    if error.status != ClassifierError.status:
        yield failure_of(error)
    for special in error.__subclasses__():
        yield from special_cases(special)


def failure_of(error: type[ClassifierError] | type[exceptions.APIException]) -> Failure:
    """How a client sees an error of ours or of Django REST framework's."""
    if issubclass(error, ClassifierError):
        detail = _FILLED_IN.sub("…", error.detail)
        return Failure(error.status, error.code, detail, error.attr, issubclass(error, RetryableError))
    return Failure(error.status_code, error.default_code, _FILLED_IN.sub("…", str(error.default_detail)))


def _of_the_call(operation: dict[str, Any]) -> Iterator[Failure]:
    body, parameters = operation.get("requestBody"), operation.get("parameters", [])
    if any(operation.get("security", ())):
        yield failure_of(exceptions.NotAuthenticated)
        yield failure_of(exceptions.AuthenticationFailed)
    if body and body.get("required"):
        yield replace(failure_of(exceptions.ValidationError), code="required")
    if body or any(map(_may_be_invalid, parameters)):
        yield failure_of(exceptions.ValidationError)
    if body:
        yield failure_of(exceptions.ParseError)
        yield failure_of(exceptions.UnsupportedMediaType)
    if any(parameter["in"] == "path" or parameter["name"] == "cursor" for parameter in parameters):
        yield failure_of(exceptions.NotFound)


def _may_be_invalid(parameter: dict[str, Any]) -> bool:
    """Whether a parameter of the query takes anything but any text."""
    schema = parameter["schema"]
    return bool(parameter["in"] == "query" and (schema.get("type") != "string" or "format" in schema))
