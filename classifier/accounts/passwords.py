"""The rules for passwords, wherever one is set."""

from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from classifier.accounts import devices

LONGEST_PASSWORD = 4096


class SignsEverythingOut:
    """One of AUTH_PASSWORD_VALIDATORS, which refuses nothing: Django tells it of each new password that was saved.

    So a new password signs out whatever the old one signed in, also if it is set in the admin or by `changepassword`. A
    stronger hash of the same password is no new one.
    """

    def validate(self, password: str, user: User | None = None) -> None:
        pass

    def get_help_text(self) -> str:
        return "A new password signs every device of the account out."

    def password_changed(self, password: str, user: User) -> None:
        devices.sign_out_everywhere(user, except_for=devices.kept.get())


def check_strength(password: str, user: User, *, field: str) -> None:
    """Raises Django's ValidationError, about `field`, for a password that is too easy to guess."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise ValidationError({field: error.messages}) from error
