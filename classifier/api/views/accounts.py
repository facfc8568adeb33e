"""Accounts and their tokens."""

from datetime import timedelta
from typing import Any, cast

from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from drf_spectacular.utils import extend_schema
from knox.models import AuthToken
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from classifier import services
from classifier.api.serializers import (
    LoginSerializer,
    RegistrationSerializer,
    TokenSerializer,
    UserSerializer,
)
from classifier.api.throttling import LoginFailuresOfAddress, LoginFailuresOfUser, RegistrationThrottle
from classifier.conf import conf


class RegisterView(APIView):
    """Makes an account and signs it in."""

    permission_classes = [AllowAny]
    authentication_classes: list[Any] = []
    throttle_classes = [RegistrationThrottle]

    @extend_schema(request=RegistrationSerializer, responses={201: TokenSerializer}, tags=["auth"])
    def post(self, request: Request) -> Response:
        if not conf.registration_open:
            raise PermissionDenied("Registration is closed. Ask the operator for an account.")
        serializer = RegistrationSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        return Response(_signed_in(serializer.save()), status=201)


class LoginView(APIView):
    """Gives a new token for a name and its password."""

    permission_classes = [AllowAny]
    authentication_classes: list[Any] = []
    throttle_classes = [LoginFailuresOfUser, LoginFailuresOfAddress]

    @extend_schema(request=LoginSerializer, responses={200: TokenSerializer}, tags=["auth"])
    def post(self, request: Request) -> Response:
        serializer = LoginSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        given = serializer.validated_data
        user = authenticate(request, username=given["username"], password=given["password"])
        if user is None:
            for throttle in (LoginFailuresOfUser(), LoginFailuresOfAddress()):
                throttle.count_failure(request)
            raise AuthenticationFailed("Wrong user name or password.")
        return Response(_signed_in(user))

    def get_authenticate_header(self, request: Request) -> str:
        return "Token"


class LogoutView(APIView):
    """Ends the token that was sent."""

    @extend_schema(request=None, responses={204: None}, tags=["auth"])
    def post(self, request: Request) -> Response:
        if isinstance(request.auth, AuthToken):
            request.auth.delete()
        return Response(status=204)


class LogoutAllView(APIView):
    """Ends all tokens of the account."""

    @extend_schema(request=None, responses={204: None}, tags=["auth"])
    def post(self, request: Request) -> Response:
        AuthToken.objects.filter(user=request.user).delete()
        return Response(status=204)


class MeView(APIView):
    """The account that is signed in."""

    @extend_schema(responses=UserSerializer, tags=["account"])
    def get(self, request: Request) -> Response:
        return Response(UserSerializer(cast(User, request.user)).data)

    @extend_schema(responses={204: None}, tags=["account"])
    def delete(self, request: Request) -> Response:
        """Deletes the account with all its predictions and photos."""
        services.delete_account(request.user)
        return Response(status=204)


def _signed_in(user: User | Any) -> dict[str, Any]:
    row, token = AuthToken.objects.create(user, expiry=timedelta(days=conf.token_ttl_days))
    return dict(TokenSerializer({"token": token, "expires_at": row.expiry, "user": user}).data)
