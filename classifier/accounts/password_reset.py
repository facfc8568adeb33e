"""A forgotten password: a code by mail, and a link that fills it in; good once and for a short time."""

import logging
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from itertools import groupby
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import send_mail
from django.db import close_old_connections, connections, transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

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
    page, language = request.build_absolute_uri(reverse("new-password")), translation.get_language_from_request(request)
    later(lambda: send_codes(email, page=page, language=language))


def send_codes(email: str, *, page: str, language: str | None = None) -> None:
    """One mail with a code for each account of the address, and links to the page. Codes mailed before stay good.

    Accounts whose addresses differ in upper and lower case get a mail each: some mail servers tell them apart.
    """
    accounts = User.objects.filter(email__iexact=email.strip(), is_active=True).exclude(email="")
    for address, users in groupby(accounts.order_by("email", "date_joined"), key=lambda user: user.email):
        codes = {user.get_username(): _new_code(user) for user in users}
        with translation.override(language):
            send_mail(_("Your code for a new password"), _text(page, address, codes), None, [address])


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


def _text(page: str, address: str, codes: dict[str, str]) -> str:
    """The mail. What a link has behind its # is sent to no server, so that the code is in nobody's log."""
    each = [
        _(
            "the code for a new password of %(name)s is\n\n    %(code)s\n\n"
            "Type it into the app, or open this page, where it is filled in already:\n\n%(link)s"
        )
        % {"name": name, "code": code, "link": f"{page}#{urlencode({'email': address, 'code': code})}"}
        for name, code in codes.items()
    ]
    return _(
        "Hello,\n\n%(codes)s\n\nIt is good for %(minutes)s minutes. If you did not ask for it, do nothing: "
        "your password stays as it is.\n"
    ) % {"codes": "\n\n".join(each), "minutes": CODE_TTL_MINUTES}


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
