"""The rules for passwords, wherever one is set."""

from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

LONGEST_PASSWORD = 4096


def check_strength(password: str, user: User, *, field: str) -> None:
    """Raises Django's ValidationError, about `field`, for a password that is too easy to guess."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise ValidationError({field: error.messages}) from error
