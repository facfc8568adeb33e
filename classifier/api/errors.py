"""The one table from what went wrong to what HTTP says; every error under /api/ is JSON of one shape."""

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views import defaults
from drf_standardized_errors.formatter import ExceptionFormatter
from drf_standardized_errors.handler import ExceptionHandler
from drf_standardized_errors.types import Error
from rest_framework.exceptions import APIException
from rest_framework.response import Response

from classifier import errors, metrics

STATUS: dict[type[errors.ClassifierError], int] = {
    errors.EmptyImageError: 400,
    errors.UnreadableImageError: 400,
    errors.DigestMismatchError: 400,
    errors.UnsupportedImageError: 415,
    errors.UploadTooLargeError: 413,
    errors.ImageTooLargeError: 413,
    errors.IdempotencyInProgressError: 409,
    errors.IdempotencyKeyReusedError: 422,
    errors.ThrottledError: 429,
    errors.WrongCredentialsError: 401,
    errors.WrongPasswordError: 401,
    errors.AccountGoneError: 401,
    errors.RegistrationClosedError: 403,
    errors.NoMailError: 403,
    errors.WrongResetCodeError: 400,
    errors.QuotaExceededError: 403,
    errors.BusyError: 503,
    errors.AbandonedError: 503,
    errors.ModelNotReadyError: 503,
    errors.StorageFullError: 507,
}
DATABASE_RETRY_AFTER_S = 5


class ApiError(APIException):
    """A domain error on its way out: status, code and the field it is about."""

    def __init__(
        self, status: int, code: str, detail: str, *, attr: str | None = None, wait: int | None = None
    ) -> None:
        self.status_code = status
        super().__init__(detail, code)
        self.attr = attr
        self.wait = wait


class Handler(ExceptionHandler):
    def convert_known_exceptions(self, exc: Exception) -> Exception:
        if isinstance(exc, errors.ClassifierError) and type(exc) in STATUS:
            return _from_domain(exc)
        if isinstance(exc, RequestDataTooBig):
            return ApiError(413, errors.UploadTooLargeError.code, "The request is too large.")
        if isinstance(exc, SuspiciousOperation | UnicodeError):
            return ApiError(400, "bad_request", "The request cannot be understood.")
        if isinstance(exc, OperationalError):
            return _from_database(exc)
        converted: Exception = super().convert_known_exceptions(exc)
        return converted

    def report_exception(self, exc: APIException, response: Response) -> None:
        """Logs a traceback for what went wrong by mistake alone: a refusal under load has nothing to tell."""
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
            metrics.count_error(error.code)
        return found


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if _wants_json(request):
        return _json(400, "bad_request", "The request cannot be understood.")
    return defaults.bad_request(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if _wants_json(request):
        return _json(404, "not_found", "Not found.")
    return defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    if _wants_json(request):
        return _json(500, "error", "The server failed. It is not your fault; try again later.", type="server_error")
    return defaults.server_error(request)


def _from_domain(error: errors.ClassifierError) -> ApiError:
    return ApiError(
        STATUS[type(error)],
        error.code,
        str(error),
        attr=_attr(error),
        wait=error.retry_after_s if isinstance(error, errors.RetryableError) else None,
    )


def _attr(error: errors.ClassifierError) -> str | None:
    if isinstance(error, errors.AccountError):
        return error.attr
    return "image" if isinstance(error, errors.ImageError) else None


def _from_database(error: OperationalError) -> ApiError:
    if "is full" in str(error):
        return ApiError(507, errors.StorageFullError.code, "The server has no room. Send it again later.")
    return ApiError(503, errors.BusyError.code, "The database is busy. Try again.", wait=DATABASE_RETRY_AFTER_S)


def _wants_json(request: HttpRequest) -> bool:
    return request.path.startswith(("/api/", "/compat/"))


def _json(status: int, code: str, detail: str, *, type: str = "client_error") -> JsonResponse:
    return JsonResponse({"type": type, "errors": [{"code": code, "detail": detail, "attr": None}]}, status=status)
