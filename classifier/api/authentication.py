"""Who is asking: `Authorization: Token <key>`."""

from typing import Any

from django.utils import timezone
from knox.auth import TokenAuthentication as KnoxTokenAuthentication
from rest_framework.exceptions import AuthenticationFailed

from classifier import accounts
from classifier.models import DeviceToken


class TokenAuthentication(KnoxTokenAuthentication):
    """Knox' tokens, with one look at the database; a header that is not text is a wrong token, not a server error."""

    def authenticate(self, request: Any) -> Any:
        try:
            return super().authenticate(request)
        except UnicodeError as error:
            raise AuthenticationFailed("Invalid token.") from error

    def renew_token(self, auth_token: DeviceToken) -> None:
        accounts.note_use(auth_token)

    def _cleanup_token(self, auth_token: DeviceToken) -> bool:
        """Whether the token has expired. Knox would also look through all others of the account, each time."""
        return auth_token.expiry is not None and auth_token.expiry < timezone.now()
