"""Who has given the right password in this browser, and not yet the code of the second factor."""

import time

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

_KEY = "half_way"
LASTS_S = 600
"""How long the password counts."""


def remember(request: HttpRequest, user: User) -> None:
    """Notes it in a session of its own, which signs nobody in."""
    request.session.flush()
    request.session[_KEY] = [user.pk, user.get_session_auth_hash(), time.time()]


def user_of(request: HttpRequest) -> User | None:
    """Who that is; nobody once the password was changed, the account closed, or ten minutes went by."""
    ident, auth_hash, since = request.session.get(_KEY) or (None, "", 0.0)
    if ident is None or time.time() - since > LASTS_S:
        return None
    user = User.objects.filter(pk=ident, is_active=True).first()
    if user is None or not constant_time_compare(user.get_session_auth_hash(), auth_hash):
        return None
    return user
