"""What the OpenAPI generator cannot see by itself: how to sign in, and which errors each endpoint answers."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema as SpectacularAutoSchema
from drf_spectacular.plumbing import build_examples_list
from drf_spectacular.utils import OpenApiExample, OpenApiResponse
from rest_framework import serializers

from classifier.api.examples import error_example_of, example_of

UPLOAD = (400, 413, 415, 429, 503)
ERRORS: dict[str, tuple[int, ...]] = {
    "auth_register_create": (400, 403, 415, 429),
    "auth_login_create": (400, 401, 415, 429),
    "auth_tokens_destroy": (404,),
    "auth_password_change_create": (400, 415, 429),
    "auth_password_reset_create": (400, 403, 415, 429),
    "auth_password_reset_confirm_create": (400, 415),
    "predictions_list": (400, 404),
    "predictions_create": (*UPLOAD, 403, 409, 422, 507),
    "predictions_retrieve": (404,),
    "predictions_destroy": (404,),
    "predictions_image_retrieve": (404,),
    "predictions_thumbnail_retrieve": (404,),
    "predict_create": UPLOAD,
    "labels_retrieve": (503,),
}
"""Which errors each operation answers, beside 401 wherever a token is needed."""

CODES: dict[int, tuple[str, ...]] = {
    400: ("required", "empty", "invalid", "unreadable_image", "digest_mismatch", "parse_error", "wrong_code"),
    401: ("not_authenticated", "authentication_failed"),
    403: ("permission_denied", "quota_exceeded"),
    404: ("not_found",),
    409: ("idempotency_in_progress",),
    413: ("upload_too_large", "image_too_large"),
    415: ("unsupported_image", "unsupported_media_type"),
    422: ("idempotency_key_reused",),
    429: ("throttled",),
    503: ("busy", "model_not_ready"),
    507: ("storage_full",),
}
PHOTO_CODES = ("empty", "unreadable_image", "digest_mismatch", "unsupported_image")
RETRY_AFTER = (429, 503)


class ErrorSerializer(serializers.Serializer[Any]):
    code = serializers.CharField(help_text="Stable; for programs.")
    detail = serializers.CharField(help_text="For people.")
    attr = serializers.CharField(allow_null=True, help_text="The field it is about, if it is about one.")


class ErrorResponseSerializer(serializers.Serializer[Any]):
    type = serializers.ChoiceField(["validation_error", "client_error", "server_error"])
    errors = ErrorSerializer(many=True)  # type: ignore[assignment]


class AutoSchema(SpectacularAutoSchema):
    """Adds to each operation the errors of the table above, and what was really sent and answered."""

    def _get_examples(
        self, serializer: Any, direction: str, media_type: str, status_code: str | None = None, extras: Any = None
    ) -> dict[str, Any]:
        found: dict[str, Any] = super()._get_examples(serializer, direction, media_type, status_code, extras)
        recorded = example_of(self.get_operation_id())
        if recorded is None or media_type != "application/json":
            return found
        value = recorded.request if direction == "request" else recorded.answer
        is_meant = direction == "request" or status_code == str(recorded.status)
        if value is None or not is_meant:
            return found
        return {**found, **build_examples_list([OpenApiExample("Example", value)])}

    def _get_response_bodies(self, direction: str = "response") -> dict[str, Any]:
        answers: dict[str, Any] = super()._get_response_bodies(direction=direction)
        if direction == "response":
            takes_photo = 413 in self._error_statuses()
            for status in self._error_statuses():
                answers[str(status)] = self._get_response_for_code(_error(status, takes_photo=takes_photo), str(status))
        return answers

    def _error_statuses(self) -> list[int]:
        needs_token = any(scheme for scheme in self.get_auth())
        return sorted({*ERRORS.get(self.get_operation_id(), ()), *([401] if needs_token else [])})


class TokenScheme(OpenApiAuthenticationExtension):
    target_class = "classifier.api.authentication.TokenAuthentication"
    name = "token"
    priority = 1

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "`Token <key>`, with the key that login gave.",
        }


def _error(status: int, *, takes_photo: bool) -> OpenApiResponse:
    codes = [code for code in CODES[status] if takes_photo or code not in PHOTO_CODES]
    return OpenApiResponse(
        ErrorResponseSerializer,
        description=", ".join(f"`{code}`" for code in codes)
        + ("; `Retry-After` says when to ask again" if status in RETRY_AFTER else ""),
        examples=[
            OpenApiExample(code, _body(code, takes_photo=takes_photo), status_codes=[str(status)]) for code in codes
        ],
    )


def _body(code: str, *, takes_photo: bool) -> dict[str, Any]:
    told = error_example_of(code, about_photo=takes_photo)
    return {"type": told.type, "errors": [{"code": code, "detail": told.detail, "attr": told.attr}]}
