"""Accounts: made, signed in and out, given another password, taken away whole."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast
from uuid import UUID

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError as DjangoValidationError
from django.http import FileResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.fields import get_error_detail
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from classifier.accounts import deletion, devices, password_reset, registration, second_factor, sign_in
from classifier.accounts.export import export_response
from classifier.api.failures import fails_with
from classifier.api.headers import FILE_NAME
from classifier.api.negotiation import AnyAccept
from classifier.api.serializers.accounts import (
    AccountChangeSerializer,
    DeviceListSerializer,
    LoginSerializer,
    PasswordChangeSerializer,
    PasswordResetConfirmSerializer,
    PasswordResetSerializer,
    RegistrationSerializer,
    TokenSerializer,
    UserSerializer,
)
from classifier.errors import (
    DeletionNeedsPasswordError,
    ExportInProgressError,
    ExportsBusyError,
    NoMailError,
    PasswordsBusyError,
    RegistrationClosedError,
    StorageFullError,
    StorageUnavailableError,
    ThrottledError,
    WrongCredentialsError,
    WrongPasswordError,
    WrongResetCodeError,
)


class PublicView(APIView):
    """A view for people who have no token yet."""

    permission_classes = [AllowAny]
    authentication_classes: list[Any] = []

    def get_authenticate_header(self, request: Request) -> str:
        return "Token"


class RegisterView(PublicView):
    """Makes an account and signs it in."""

    serializer_class = RegistrationSerializer  # for the browsable API's form

    @fails_with(RegistrationClosedError, ThrottledError, PasswordsBusyError)
    @extend_schema(request=RegistrationSerializer, responses={201: TokenSerializer}, tags=["auth"])
    def post(self, request: Request) -> Response:
        registration.check_open()
        fields = _valid(RegistrationSerializer(data=request.data)).validated_data
        device_name = fields.pop("device_name")
        with _errors_by_field():
            user = registration.register(request, **fields)
        return Response(_signed_in(request, user, device_name), status=201)


class LoginView(PublicView):
    """Gives a new token for a name and its password."""

    serializer_class = LoginSerializer  # for the browsable API's form

    @fails_with(WrongCredentialsError, ThrottledError, PasswordsBusyError)
    @extend_schema(request=LoginSerializer, responses={200: TokenSerializer}, tags=["auth"])
    def post(self, request: Request) -> Response:
        fields = _valid(LoginSerializer(data=request.data)).validated_data
        device_name, code = fields.pop("device_name"), fields.pop("code")
        user = sign_in.check_password(request, **fields)
        second_factor.check(user, code)
        return Response(_signed_in(request, user, device_name))


class LogoutView(APIView):
    """Ends the token that was sent, or the browser's session."""

    @extend_schema(request=None, responses={204: None}, tags=["auth"])
    def post(self, request: Request) -> Response:
        devices.sign_out(request)
        return Response(status=204)


class LogoutAllView(APIView):
    """Signs the account out everywhere: all tokens and all browsers."""

    @extend_schema(request=None, responses={204: None}, tags=["auth"])
    def post(self, request: Request) -> Response:
        devices.sign_out_others(request)
        devices.sign_out(request)
        return Response(status=204)


class DevicesView(APIView):
    """The devices that are signed in to the account: apps and programs, and browsers."""

    @extend_schema(responses=DeviceListSerializer, tags=["auth"])
    def get(self, request: Request) -> Response:
        return Response(DeviceListSerializer({"results": devices.devices(request)}).data)


class DeviceView(APIView):
    """One device."""

    @extend_schema(responses={204: None}, tags=["auth"])
    def delete(self, request: Request, device_id: UUID) -> Response:
        """Signs the device out."""
        if not devices.revoke(request, device_id):
            raise NotFound
        return Response(status=204)


class PasswordChangeView(APIView):
    """Sets a new password; every other device is signed out."""

    serializer_class = PasswordChangeSerializer  # for the browsable API's form

    @fails_with(WrongPasswordError, ThrottledError, PasswordsBusyError)
    @extend_schema(request=PasswordChangeSerializer, responses={204: None}, tags=["auth"])
    def post(self, request: Request) -> Response:
        fields = _valid(PasswordChangeSerializer(data=request.data)).validated_data
        with _errors_by_field():
            sign_in.change_password(request, current=fields["current_password"], new=fields["new_password"])
        return Response(status=204)


class PasswordResetView(PublicView):
    """Mails a code for a new password, if an account has this address; the answer is the same if none has."""

    serializer_class = PasswordResetSerializer  # for the browsable API's form

    @fails_with(NoMailError, ThrottledError)
    @extend_schema(request=PasswordResetSerializer, responses={204: None}, tags=["auth"])
    def post(self, request: Request) -> Response:
        password_reset.check_mail_is_sent()
        fields = _valid(PasswordResetSerializer(data=request.data)).validated_data
        password_reset.request_reset(request, email=fields["email"])
        return Response(status=204)


class PasswordResetConfirmView(PublicView):
    """Sets a new password with the code from the mail; every device is signed out."""

    serializer_class = PasswordResetConfirmSerializer  # for the browsable API's form

    @fails_with(WrongResetCodeError, ThrottledError, PasswordsBusyError)
    @extend_schema(request=PasswordResetConfirmSerializer, responses={204: None}, tags=["auth"])
    def post(self, request: Request) -> Response:
        fields = _valid(PasswordResetConfirmSerializer(data=request.data)).validated_data
        with _errors_by_field():
            password_reset.reset_password(
                request, email=fields["email"], code=fields["code"], new=fields["new_password"]
            )
        return Response(status=204)


class MeView(APIView):
    """The account that is signed in."""

    @extend_schema(responses=UserSerializer, tags=["account"])
    def get(self, request: Request) -> Response:
        return Response(UserSerializer(cast(User, request.user)).data)

    @fails_with(WrongPasswordError, ThrottledError, PasswordsBusyError)
    @extend_schema(request=AccountChangeSerializer, responses=UserSerializer, tags=["account"])
    def patch(self, request: Request) -> Response:
        """Changes the mail address, for which it takes the password."""
        fields = _valid(AccountChangeSerializer(data=request.data)).validated_data
        if "email" in fields:
            sign_in.change_email(request, email=fields["email"], password=fields["password"])
        return Response(UserSerializer(cast(User, request.user)).data)

    @fails_with(DeletionNeedsPasswordError)
    @extend_schema(responses={204: None}, tags=["account"])
    def delete(self, request: Request) -> Response:
        """Deletes the account with all its predictions and photos. A browser's session is not enough for it.

        It is signed out everywhere and its name is free when this answers; many photos take some minutes to go.
        """
        if devices.is_browser(request):
            raise DeletionNeedsPasswordError
        deletion.request_deletion(request.user)
        return Response(status=204)


class ExportView(APIView):
    """Everything the account has, as a zip: account.json, predictions.json and the photos.

    It is made before it is sent, one at a time for an account.
    """

    content_negotiation_class = AnyAccept

    @fails_with(ExportInProgressError, ExportsBusyError, StorageFullError, StorageUnavailableError)
    @extend_schema(
        parameters=[FILE_NAME],
        responses={(200, "application/zip"): OpenApiResponse(OpenApiTypes.BINARY)},
        tags=["account"],
    )
    def get(self, request: Request) -> FileResponse:
        return export_response(request.user)


def _valid(serializer: Any) -> Any:
    serializer.is_valid(raise_exception=True)
    return serializer


@contextmanager
def _errors_by_field() -> Iterator[None]:
    """Django's ValidationError as DRF's, about the same fields."""
    try:
        yield
    except DjangoValidationError as error:
        raise ValidationError(get_error_detail(error)) from error


def _signed_in(request: Request, user: User, device_name: str) -> dict[str, Any]:
    signed_in = sign_in.sign_in(user, device_name=device_name, request=request)
    body = {"token": signed_in.token, "expires_at": signed_in.device.expiry, "user": user}
    return dict(TokenSerializer(body).data)
