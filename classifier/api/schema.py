"""What the OpenAPI generator cannot see by itself: how to sign in, errors and examples of each operation."""

from itertools import groupby
from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema as SpectacularAutoSchema
from drf_spectacular.plumbing import build_examples_list
from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers

from classifier.api.examples import error_example_of, example_of
from classifier.api.failures import Failure, failures_of
from classifier.api.headers import add_headers
from classifier.errors import error_body

JSON = "application/json"
CODES = "x-error-codes"
"""The codes of a response's errors, for programs that read the schema: in words they are in its description."""


class ApiErrorSerializer(serializers.Serializer[Any]):
    code = serializers.CharField(help_text="Stable; for programs.")
    detail = serializers.CharField(help_text="For people.")
    attr = serializers.CharField(allow_null=True, help_text="The field it is about, if it is about one.")


class ApiErrorResponseSerializer(serializers.Serializer[Any]):
    type = serializers.ChoiceField(["validation_error", "client_error", "server_error"])
    errors = ApiErrorSerializer(many=True)  # type: ignore[assignment]


class AutoSchema(SpectacularAutoSchema):
    """Adds to each operation the errors that it may answer, and what was really sent and answered."""

    def map_parsers(self) -> list[str]:
        """The media types of a request: JSON alone where it is taken.

        The forms of the browsable API are sent as forms to the same endpoints; a client made from the schema would
        have to choose, and generators choose wrongly or fail.
        """
        taken: list[str] = super().map_parsers()
        return [JSON] if JSON in taken else taken

    def get_operation(self, *arguments: Any) -> dict[str, Any] | None:
        operation: dict[str, Any] | None = super().get_operation(*arguments)
        if operation is not None:
            self._add_example(operation)
            self._add_failures(operation)
        return operation

    def _add_example(self, operation: dict[str, Any]) -> None:
        recorded = example_of(self.get_operation_id())
        if recorded is None:
            return
        answer = operation["responses"][str(recorded.status)]
        for described, value in ((operation.get("requestBody", {}), recorded.request), (answer, recorded.answer)):
            if value is not None:
                described["content"][JSON]["examples"] = build_examples_list([OpenApiExample("Example", value)])

    def _add_failures(self, operation: dict[str, Any]) -> None:
        method = getattr(self.view, getattr(self.view, "action", None) or self.method.lower())
        of_status: dict[str, list[Failure]] = {}
        for status, failures in groupby(failures_of(method, operation), key=lambda failure: failure.status):
            of_status[str(status)] = list(failures)
            operation["responses"][str(status)] = self._describe(of_status[str(status)])
        for status, response in operation["responses"].items():
            add_headers(response, of_status.get(status, ()), self.registry)

    def _describe(self, failures: list[Failure]) -> dict[str, Any]:
        """A response with one of these errors, which have the same status."""
        examples = [OpenApiExample(failure.code, self._example(failure)) for failure in failures]
        schema = self.resolve_serializer(ApiErrorResponseSerializer, "response").ref
        return {
            "content": {JSON: {"schema": schema, "examples": build_examples_list(examples)}},
            "description": ", ".join(f"`{failure.code}`" for failure in failures)
            + ("; `Retry-After` says when to ask again" if failures[0].is_retryable else ""),
            CODES: [failure.code for failure in failures],
        }

    def _example(self, failure: Failure) -> dict[str, Any]:
        """What was recorded, or, of an error that is not on record yet, what its class says."""
        derived = error_body(status=failure.status, code=failure.code, detail=failure.detail, attr=failure.attr)
        return error_example_of(self.get_operation_id(), failure.code) or derived


class TokenScheme(OpenApiAuthenticationExtension):
    target_class = "classifier.api.authentication.TokenAuthentication"
    name = "token"
    priority = 1

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "`Token <key>` or `Bearer <key>`, with the key that login gave.",
        }
