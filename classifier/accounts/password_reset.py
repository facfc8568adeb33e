"""A forgotten password: a code by mail, good once and for a short time."""

import logging
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from itertools import groupby

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import send_mail
from django.db import close_old_connections, connections, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from classifier.accounts import audit, sign_in, throttles
from classifier.accounts.addresses import counted_address
from classifier.accounts.guesses import Limit, told
from classifier.accounts.passwords import check_strength
from classifier.accounts.throttles import MINUTE_S, Throttle
from classifier.errors import NoMailError, WrongResetCodeError
from classifier.models import PasswordResetCode

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 10
"""50 bits: with tries from a million addresses, one of a code is right once in 200 million. No letters like digits."""
CODE_TTL_MINUTES = 15
TRIES, TRIES_FROM_ADDRESS = 5, 50

tries_of_email_from_address = Throttle("reset_tries", CODE_TTL_MINUTES * MINUTE_S, lambda: TRIES)
tries_from_address = Throttle("reset_tries_from_address", CODE_TTL_MINUTES * MINUTE_S, lambda: TRIES_FROM_ADDRESS)
"""By address, not by code: tries of strangers take no code away from its owner."""

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
    """Mails codes for all accounts with this address. Raises NoMailError, ThrottledError."""
    check_mail_is_sent()
    with audit.throttling_told("password_reset_throttled", request, email):
        throttles.resets_from_address.hit(counted_address(request))
        throttles.resets_of_email.hit(_as_one(email))
    audit.note("password_reset_requested", request, email)
    later(lambda: send_codes(email))


def send_codes(email: str) -> None:
    """One mail with a code for each account of the address. Codes mailed before stay good.

    Accounts whose addresses differ in upper and lower case get a mail each: some mail servers tell them apart.
    """
    accounts = User.objects.filter(email__iexact=email.strip(), is_active=True).exclude(email="")
    for address, users in groupby(accounts.order_by("email", "date_joined"), key=lambda user: user.email):
        codes = [(user.get_username(), _new_code(user)) for user in users]
        each = "\n\n".join(f"the code for a new password of {name} is\n\n    {code}" for name, code in codes)
        send_mail(
            "Your code for a new password",
            f"Hello,\n\n{each}\n\n"
            f"It is good for {CODE_TTL_MINUTES} minutes. If you did not ask for it, do nothing: "
            "your password stays as it is.\n",
            None,
            [address],
        )


def reset_password(request: HttpRequest, *, email: str, code: str, new: str) -> User:
    """Sets a new password and signs every device out.

    Raises WrongResetCodeError, which counts, ThrottledError; PasswordsBusyError, or Django's ValidationError about
    `new_password`, after which the code is still good. A wrong code is the same work for an address that nobody has.
    """
    address = counted_address(request)
    limits = [Limit(tries_of_email_from_address, f"{_as_one(email)}\0{address}"), Limit(tries_from_address, address)]
    with audit.throttling_told("password_reset_throttled", request, email):
        row = told(limits, lambda: _matching(email, code))
    if row is None:
        audit.warn("password_reset_failed", request, email)
        raise WrongResetCodeError
    user: User = row.user
    check_strength(new, user, field="new_password")
    user.set_password(new)  # before the transaction: others could write nothing while it is hashed
    with transaction.atomic():
        if not PasswordResetCode.objects.filter(pk=row.pk).delete()[0]:  # somebody was faster with the same code
            raise WrongResetCodeError
        PasswordResetCode.objects.filter(user=user).delete()
        sign_in.save_password(user)
    audit.note("password_reset", request, user.get_username())
    return user


def _new_code(user: User) -> str:
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    PasswordResetCode.objects.create(user=user, digest=_digest(user.email, code), created_at=timezone.now())
    return code


def _matching(email: str, code: str) -> PasswordResetCode | None:
    """Found by its digest, which nobody without the server's key can make: to compare it takes no care about time."""
    digest = _digest(email, "".join(code.split()).upper())
    rows = PasswordResetCode.objects.filter(digest=digest, created_at__gt=_oldest(), user__is_active=True)
    return rows.select_related("user").first()


def _digest(email: str, code: str) -> str:
    return salted_hmac("classifier.password_reset", f"{_as_one(email)}\0{code}", algorithm="sha256").hexdigest()


def _as_one(email: str) -> str:
    """People write their address in upper and lower case as they like."""
    return email.strip().lower()


def _oldest() -> datetime:
    return timezone.now() - timedelta(minutes=CODE_TTL_MINUTES)
