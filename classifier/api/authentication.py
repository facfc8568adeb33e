"""Authentication by `Authorization: Token <key>`, or `Bearer <key>`, which many clients write by themselves."""

from typing import Any

from knox.auth import TokenAuthentication as KnoxTokenAuthentication
from rest_framework import HTTP_HEADER_ENCODING
from rest_framework.exceptions import AuthenticationFailed

from classifier.accounts import devices

SCHEMES = frozenset({b"token", b"bearer"})


class TokenAuthentication(KnoxTokenAuthentication):
    """Knox' tokens; a header that is not UTF-8 is an invalid token, not a server error."""

    def authenticate(self, request: Any) -> Any:
        header = request.META.get("HTTP_AUTHORIZATION", "")  # DRF's own way to it copies all headers
        scheme, *credentials = header.encode(HTTP_HEADER_ENCODING).split() or [b""]
        if scheme.lower() not in SCHEMES:
            return None
        if len(credentials) != 1:
            raise AuthenticationFailed("Invalid token header. Send the scheme, a space and the token.")
        try:
            return self.authenticate_credentials(credentials[0])
        except UnicodeError as error:
            raise AuthenticationFailed("Invalid token.") from error

    def authenticate_credentials(self, token: bytes) -> Any:
        """As Knox does it, but in SQL: every request passes here, and the ORM takes many times as long."""
        device = devices.device_with(token.decode())
        if device is None:
            raise AuthenticationFailed("Invalid token.")
        devices.note_use(device)
        return self.validate_user(device)
