"""From what went wrong to what HTTP says: every error under /api/ is JSON of one shape."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views import defaults
from drf_standardized_errors.formatter import ExceptionFormatter
from drf_standardized_errors.handler import ExceptionHandler
from drf_standardized_errors.types import Error
from rest_framework.exceptions import APIException, NotAuthenticated, NotFound
from rest_framework.response import Response

from classifier import metrics
from classifier.api import technical_pages
from classifier.errors import (
    BadRequestError,
    ClassifierError,
    RequestTooLargeError,
    error_body,
)
from classifier.storage.database_errors import refusal_of_database


class ApiError(APIException):
    """A refusal of ours on its way out, as an exception of Django REST framework."""

    def __init__(self, error: ClassifierError) -> None:
        super().__init__(str(error), error.code)
        self.status_code, self.attr, self.wait = error.status, error.attr, error.retry_after_s
        if error.status == NotAuthenticated.status_code:
            self.auth_header = "Token"


class Handler(ExceptionHandler):
    def convert_known_exceptions(self, exc: Exception) -> Exception:
        refusal = refusal_of(exc)
        converted: Exception = ApiError(refusal) if refusal else super().convert_known_exceptions(exc)
        return converted

    def convert_unhandled_exceptions(self, exc: Exception) -> APIException:
        return exc if isinstance(exc, APIException) else APIException(ClassifierError.detail, ClassifierError.code)

    def report_exception(self, exc: APIException, response: Response) -> None:
        """Logs a traceback for bugs alone: a refusal, of which there are many under load, needs none."""
        if not isinstance(exc, ApiError):
            super().report_exception(exc, response)


class Formatter(ExceptionFormatter):
    def get_errors(self) -> list[Error]:
        found = (
            [Error(str(self.exc.get_codes()), str(self.exc.detail), self.exc.attr)]
            if isinstance(self.exc, ApiError)
            else list(super().get_errors())
        )
        for error in found:
            error.detail = error.detail.encode(errors="replace").decode()  # it may quote half a surrogate pair
            metrics.count_error(error.code)
        return found


def refusal_of(error: Exception) -> ClassifierError | None:
    """What we answer to an error of ours, of Django's or of the database; None for a bug, and for what DRF knows."""
    if isinstance(error, ClassifierError):
        return error if error.status != ClassifierError.status else None
    if isinstance(error, RequestDataTooBig):
        return RequestTooLargeError(allowed_bytes=settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
    if isinstance(error, SuspiciousOperation | UnicodeError):
        return BadRequestError()
    if isinstance(error, OperationalError):
        return refusal_of_database(error)
    return None


def refuse(error: type[ClassifierError]) -> JsonResponse:
    """An error outside of any view, as JSON."""
    return _json(status=error.status, code=error.code, detail=error.detail)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if _wants_json(request):
        return refuse(BadRequestError)
    return defaults.bad_request(request, exception)


def not_found(request: HttpRequest, exception: Http404) -> HttpResponse:
    if _wants_json(request):
        return _json(status=NotFound.status_code, code=NotFound.default_code, detail=str(NotFound.default_detail))
    return technical_pages.of_missing(request, exception) or defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    if _wants_json(request):
        return refuse(ClassifierError)
    return technical_pages.of_failure(request) or defaults.server_error(request)


def _wants_json(request: HttpRequest) -> bool:
    return request.path_info.startswith(("/api/", "/compat/"))


def _json(*, status: int, code: str, detail: str) -> JsonResponse:
    return JsonResponse(error_body(status=status, code=code, detail=detail), status=status)
