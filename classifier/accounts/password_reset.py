"""A forgotten password: a code by mail, good once and for a short time."""

import logging
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import send_mail
from django.db import close_old_connections, connections, transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from classifier.accounts import sign_in, throttles
from classifier.accounts.addresses import counted_address
from classifier.accounts.passwords import check_strength
from classifier.errors import NoMailError, WrongResetCodeError
from classifier.models import PasswordResetCode

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 8
"""40 bits, and five tries: nobody guesses one. No letters that look like digits."""
TRIES = 5
CODE_TTL_MINUTES = 15

logger = logging.getLogger(__name__)
_post = ThreadPoolExecutor(max_workers=1, thread_name_prefix="post")


def later(job: Callable[[], None]) -> None:
    """Runs a job in the background, so that an answer takes as long for an address that nobody has."""

    def run() -> None:
        close_old_connections()
        try:
            job()
        except Exception:
            logger.exception("A password reset could not be mailed.")
        finally:
            connections.close_all()

    _post.submit(run)


def check_mail_is_sent() -> None:
    """Raises NoMailError; ask before anything else is looked at."""
    if not settings.MAIL_IS_SENT:
        raise NoMailError


def request_reset(request: HttpRequest, *, email: str) -> None:
    """Mails a code to every account with this address. Raises NoMailError, ThrottledError."""
    check_mail_is_sent()
    throttles.resets_of_email.hit(email.strip().lower())
    throttles.resets_from_address.hit(counted_address(request))
    later(lambda: send_codes(email))


def send_codes(email: str) -> None:
    for user in User.objects.filter(email__iexact=email.strip(), is_active=True).exclude(email=""):
        code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
        PasswordResetCode.objects.update_or_create(
            user=user, defaults={"digest": _digest(code), "created_at": timezone.now(), "tries": 0}
        )
        send_mail(
            "Your code for a new password",
            f"Hello {user.get_username()},\n\n"
            f"the code for a new password is\n\n    {code}\n\n"
            f"It is good for {CODE_TTL_MINUTES} minutes. If you did not ask for it, do nothing: "
            "your password stays as it is.\n",
            None,
            [user.email],
        )


def reset_password(*, email: str, code: str, new: str) -> User:
    """Sets a new password and signs every device out.

    Raises WrongResetCodeError; PasswordsBusyError, or Django's ValidationError about `new_password`, after which the
    code is still good.
    """
    row = _matching(email, "".join(code.split()).upper())
    if row is None:
        raise WrongResetCodeError
    user: Any = row.user
    check_strength(new, user, field="new_password")
    user.set_password(new)  # before the transaction: others could write nothing while it is hashed
    with transaction.atomic():
        if not PasswordResetCode.objects.filter(pk=row.pk, digest=row.digest).delete()[0]:
            raise WrongResetCodeError
        sign_in.save_password(user)
    return row.user


def _matching(email: str, code: str) -> PasswordResetCode | None:
    """The reset that this code belongs to; every look counts as a try."""
    young = timezone.now() - timedelta(minutes=CODE_TTL_MINUTES)
    open_codes = PasswordResetCode.objects.filter(
        user__email__iexact=email.strip(), user__is_active=True, created_at__gt=young, tries__lt=TRIES
    )
    matching = None
    for row in open_codes.select_related("user"):
        counted = PasswordResetCode.objects.filter(pk=row.pk, digest=row.digest, tries__lt=TRIES)
        if counted.update(tries=F("tries") + 1) and constant_time_compare(row.digest, _digest(code)):
            matching = row
    return matching


def _digest(code: str) -> str:
    return salted_hmac("classifier.password_reset", code, algorithm="sha256").hexdigest()
