"""Browser sessions in a table that names their user, so that an account's can be listed and ended."""

import hashlib
from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from classifier.accounts.batches import delete_in_batches
from classifier.models import BrowserSession

DEVICE_NAME = "device_name"
"""What a session has the name of its browser under."""
USE_NOTED_EVERY = timedelta(minutes=5)
"""A session's or a token's last use is exact to this: noted at each, every request would write."""


class SessionStore(SessionBase):
    """Django's session engine, set by `SESSION_ENGINE`; a row has the hash of its key, which the cookie alone holds."""

    def load(self) -> dict[str, Any]:
        now = timezone.now()
        row = BrowserSession.objects.filter(session_key=hashed(self.session_key), expire_date__gt=now).first()
        if row is None:
            self._session_key = None
            return {}
        if now - row.last_used_at > USE_NOTED_EVERY:
            with suppress(DatabaseError):  # whoever is signed in may read on a disk that takes no more
                BrowserSession.objects.filter(pk=row.pk).update(last_used_at=now)
        return self.decode(row.session_data)

    def exists(self, session_key: str | None) -> bool:
        return BrowserSession.objects.filter(session_key=hashed(session_key)).exists()

    def create(self) -> None:
        while True:
            self._session_key = self._get_new_session_key()  # type: ignore[attr-defined]  # not in Django's stubs
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def save(self, must_create: bool = False) -> None:
        """Raises CreateError if the key is taken, UpdateError if the session was ended meanwhile."""
        if self.session_key is None:
            self.create()
            return
        data = self._get_session(no_load=must_create)  # type: ignore[attr-defined]
        values = {
            "session_data": self.encode(data),
            "user_id": data.get(SESSION_KEY),
            "device_name": data.get(DEVICE_NAME, ""),
        }
        if must_create:  # then alone: whatever is stored in it later, a session ends when it was to end
            _create(hashed(self.session_key), {**values, "expire_date": self.get_expiry_date()})
        elif not BrowserSession.objects.filter(session_key=hashed(self.session_key)).update(**values):
            raise UpdateError

    def delete(self, session_key: str | None = None) -> None:
        BrowserSession.objects.filter(session_key=hashed(session_key or self.session_key)).delete()

    @classmethod
    def clear_expired(cls) -> None:
        delete_in_batches(BrowserSession.objects.filter(expire_date__lt=timezone.now()))


def hashed(session_key: str | None) -> str:
    """What the table has for the key in a cookie, which is random and long enough to need no salt."""
    return hashlib.sha256((session_key or "").encode("utf-8", "surrogatepass")).hexdigest()


def _create(key: str, values: dict[str, Any]) -> None:
    try:
        with transaction.atomic():
            BrowserSession.objects.create(session_key=key, **values)
    except IntegrityError as error:
        raise CreateError from error
