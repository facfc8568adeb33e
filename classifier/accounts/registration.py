"""Registration: creates accounts, in the same way at every door."""

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest

from classifier.accounts import audit, throttles
from classifier.accounts.addresses import counted_address
from classifier.accounts.passwords import check_strength
from classifier.accounts.sign_in_limits import remember
from classifier.conf import conf
from classifier.errors import RegistrationClosedError


def check_open() -> None:
    """Raises RegistrationClosedError. Call it before anything else is checked."""
    if not conf.registration_open:
        raise RegistrationClosedError


def register(request: HttpRequest, *, username: str, password: str, email: str = "") -> User:
    """Creates an account.

    Every attempt with valid fields counts against the client's address. Only such an attempt learns whether a name is
    free, so that names cannot be listed; invalid fields do not count, so that typing errors lock nobody out. Raises
    RegistrationClosedError, ThrottledError, PasswordsBusyError, or Django's ValidationError by field.
    """
    check_open()
    user = User(username=User.normalize_username(username), email=User.objects.normalize_email(email))
    user.clean_fields(exclude=["password"])
    check_strength(password, user, field="password")
    address = counted_address(request)
    throttles.registrations.hit(address)
    user.validate_unique()
    user.set_password(password)  # before the transaction: others could write nothing while it is hashed
    try:
        with transaction.atomic():
            user.save(force_insert=True)
            remember(user, user.get_username(), address)
    except IntegrityError as error:  # somebody else took the name a moment ago
        raise ValidationError({"username": user.unique_error_message(User, ("username",))}) from error
    audit.note("registered", request, user.get_username())
    return user
