"""Errors as data: each says enough, and docs/errors.md is what they say; `make record` writes it anew."""

import inspect
import string
from pathlib import Path

import pytest
from rest_framework import exceptions

from classifier import errors
from classifier.api.failures import Failure, failure_of
from classifier.errors import ClassifierError
from classifier.tests.recorded import check_recorded_text

PAGE = Path(__file__).resolve().parents[2] / "docs/errors.md"
INTRODUCTION = """\
# Errors

What the API and the server answer when they do not do what they were asked. This page is made from
[errors.py](../classifier/errors.py) by `make record`; [openapi.yaml](openapi.yaml) lists which operation answers
which error.

```json
{"type": "client_error", "errors": [{"code": "unreadable_image", "detail": "The file is damaged …", "attr": "image"}]}
```

Programs go by the status and `code`, which never change; `detail` is for people and may change. `attr` names the field
of the request that the error is about. An error that ends by itself has a `Retry-After`: send the same request again
after so many seconds.
"""
OF_THE_FRAMEWORK = """\
## Of Django REST framework

A field that is wrong is 400 too, with `"type": "validation_error"`, the field in `attr` and a code such as `required`,
`invalid`, `blank` or `max_length`; there may be several in `errors`.
"""
FRAMEWORK = (
    exceptions.ParseError,
    exceptions.NotAuthenticated,
    exceptions.AuthenticationFailed,
    exceptions.NotFound,
    exceptions.MethodNotAllowed,
    exceptions.UnsupportedMediaType,
)


def told_to_clients() -> list[type[ClassifierError]]:
    found = [value for value in vars(errors).values() if isinstance(value, type) and issubclass(value, ClassifierError)]
    return [error for error in found if error.status != ClassifierError.status or error is ClassifierError]


def table(failures: list[Failure]) -> str:
    in_order = sorted(failures, key=lambda failure: failure.status)
    return "\n".join(["| status | code | detail | attr | |", "|---|---|---|---|---|", *map(row, in_order), ""])


def row(failure: Failure) -> str:
    attr = f"`{failure.attr}`" if failure.attr else ""
    retry = "`Retry-After`" if failure.is_retryable else ""
    return f"| {failure.status} | `{failure.code}` | {failure.detail} | {attr} | {retry} |"


def test_the_page_of_errors_is_what_the_classes_say() -> None:
    ours = table([failure_of(error) for error in told_to_clients()])
    framework = table([failure_of(error) for error in FRAMEWORK])

    check_recorded_text(PAGE, "\n".join([INTRODUCTION, ours, OF_THE_FRAMEWORK, framework]))


@pytest.mark.parametrize("error", told_to_clients())
def test_an_error_that_clients_see_has_a_code_and_a_text(error: type[ClassifierError]) -> None:
    is_special = error is not ClassifierError

    assert error.__name__.endswith("Error")
    assert (error.code != ClassifierError.code) is is_special
    assert (error.detail != ClassifierError.detail) is is_special


@pytest.mark.parametrize("error", told_to_clients())
def test_what_a_text_leaves_open_is_asked_of_whoever_raises_it(error: type[ClassifierError]) -> None:
    left_open = {name for _, name, _, _ in string.Formatter().parse(error.detail) if name}
    asked = {
        name
        for name, parameter in inspect.signature(error).parameters.items()
        if parameter.kind is parameter.KEYWORD_ONLY and parameter.default is parameter.empty
    }

    assert asked == left_open


def test_a_text_is_filled_in() -> None:
    assert "20,000 bytes" in str(errors.UploadTooLargeError(allowed_bytes=20_000))
