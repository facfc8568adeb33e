"""Authentication by `Authorization: Token <key>`, or `Bearer <key>`, which many clients write by themselves."""

from typing import Any

from django.contrib.auth.models import User
from knox.auth import TokenAuthentication as KnoxTokenAuthentication
from rest_framework.authentication import get_authorization_header
from rest_framework.exceptions import AuthenticationFailed

from classifier.accounts import devices

SCHEMES = frozenset({b"token", b"bearer"})
OWNER = f"SELECT * FROM {User._meta.db_table} WHERE id = %s"  # noqa: S608  # the table's name is Django's


class TokenAuthentication(KnoxTokenAuthentication):
    """Knox' tokens; a header that is not UTF-8 is an invalid token, not a server error."""

    def authenticate(self, request: Any) -> Any:
        scheme, *credentials = get_authorization_header(request).split() or [b""]
        if scheme.lower() not in SCHEMES:
            return None
        if len(credentials) != 1:
            raise AuthenticationFailed("Invalid token header. Send the scheme, a space and the token.")
        try:
            return self.authenticate_credentials(credentials[0])
        except UnicodeError as error:
            raise AuthenticationFailed("Invalid token.") from error

    def authenticate_credentials(self, token: bytes) -> Any:
        """As Knox does it, but in SQL: every request passes here, and the ORM takes twice as long."""
        device = devices.device_with(token.decode())
        user = device and next(iter(User.objects.raw(OWNER, [device.user_id])), None)
        if device is None or user is None:
            raise AuthenticationFailed("Invalid token.")
        device.user = user
        devices.note_use(device)
        return self.validate_user(device)
