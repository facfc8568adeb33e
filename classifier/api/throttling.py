"""How often one person or address may ask; the numbers are settings, the clock can be replaced."""

from typing import Any

from rest_framework.throttling import SimpleRateThrottle

from classifier.conf import conf

MINUTE_S, HOUR_S = 60, 3600


class WindowThrottle(SimpleRateThrottle):
    """At most `limit()` requests in any `window_s` seconds for what `ident` names; no request counts without one."""

    window_s = MINUTE_S

    def __init__(self) -> None:
        self.num_requests = self.limit()
        self.duration = self.window_s
        self.rate = f"{self.num_requests}/{self.window_s}s"

    def limit(self) -> int:
        raise NotImplementedError

    def ident(self, request: Any) -> str | None:
        raise NotImplementedError

    def get_cache_key(self, request: Any, view: Any) -> str | None:
        ident = self.ident(request)
        return None if ident is None else f"throttle:{type(self).__name__}:{ident}"


class UploadThrottle(WindowThrottle):
    """Uploads of one user."""

    def limit(self) -> int:
        return conf.uploads_per_minute

    def ident(self, request: Any) -> str | None:
        return str(request.user.pk) if request.method == "POST" and request.user.is_authenticated else None


class RegistrationThrottle(WindowThrottle):
    """Registrations from one address."""

    window_s = HOUR_S

    def limit(self) -> int:
        return conf.registrations_per_hour

    def ident(self, request: Any) -> str | None:
        return self.get_ident(request)


class LoginFailureThrottle(WindowThrottle):
    """Failed logins; a login is counted by `count_failure`, once it has failed."""

    window_s = 5 * MINUTE_S

    def limit(self) -> int:
        return conf.login_failures_per_5_minutes

    def throttle_success(self) -> bool:
        return True

    def count_failure(self, request: Any) -> None:
        self.key = self.get_cache_key(request, None)
        self.now = self.timer()
        recent = self.cache.get(self.key, [])
        self.history = [moment for moment in recent if moment > self.now - self.duration]
        self.history.insert(0, self.now)
        self.cache.set(self.key, self.history, self.duration)


class LoginFailuresOfUser(LoginFailureThrottle):
    """…for one name, wherever they come from."""

    def ident(self, request: Any) -> str | None:
        name = request.data.get("username") if isinstance(request.data, dict) else None
        return f"{name}".strip().lower()[:150]


class LoginFailuresOfAddress(LoginFailureThrottle):
    """…from one address, whatever the name."""

    def ident(self, request: Any) -> str | None:
        return self.get_ident(request)
