"""User names: what an account is called, and what its owner signs in with."""

from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest

from classifier.accounts import audit, sign_in, throttles
from classifier.accounts.addresses import counted_address
from classifier.accounts.passwords import check_strength
from classifier.accounts.sign_in_limits import remember


def change_username(request: HttpRequest, *, username: str, password: str) -> None:
    """Gives the account that is signed in another name.

    Whether a name is free is told as seldom as at a registration, so that names cannot be listed. Raises
    WrongPasswordError, ThrottledError, PasswordsBusyError, or Django's ValidationError about `username`.
    """
    sign_in.confirm_password(request, password, field="password")
    user: Any = request.user
    old, address = user.get_username(), counted_address(request)
    renamed = User(username=User.normalize_username(username), email=user.email)
    renamed.clean_fields(exclude=["password"])
    check_strength(password, renamed, field="username")
    throttles.registrations.hit(address)
    renamed.validate_unique()  # its own name, too, is one that somebody has
    try:
        with transaction.atomic():
            User.objects.filter(pk=user.pk).update(username=renamed.username)
            user.username = renamed.username
            remember(user, renamed.username, address)
    except IntegrityError as error:  # somebody else took the name a moment ago
        raise ValidationError({"username": renamed.unique_error_message(User, ("username",))}) from error
    audit.note("username_changed", request, old, to=renamed.username)
