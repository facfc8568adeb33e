"""What the environment may say of the project, and what is made up where it says nothing."""

import os
import secrets
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import environ
from django.core.exceptions import ImproperlyConfigured

from classifier.conf import Setting

T = TypeVar("T")


class Variable(Setting[T]):
    """A row of the project's own table: the environment variable of its name."""

    prefix = ""


class ServerVariables:
    """The server"""

    SECRET_KEY = Variable(
        "",
        "Signs sessions; needed when DEBUG is off: "
        "python -c 'import secrets; print(secrets.token_urlsafe(50))' makes one.",
    )
    DEBUG = Variable(False, "For development: shows errors, and makes a SECRET_KEY; `make run` turns it on.")
    ALLOWED_HOSTS = Variable[tuple[str, ...]](
        (), "Names that the server answers to, separated by commas; DEBUG adds those of this machine."
    )
    HOST = Variable("127.0.0.1", "Where `make run` and `manage.py serve` listen; 0.0.0.0 lets the network in.")
    PORT = Variable(8000, "The port that they listen on.", at_least=1, at_most=65535)
    DATA_DIR = Variable("var", "Holds db.sqlite3, media/ and models/; relative to the project.")
    DATABASE_URL = Variable(
        "", "postgres://user:password@host:5432/name; without it, SQLite in DATA_DIR is the database."
    )
    LOG_LEVEL = Variable("INFO", "The least that is logged.", choices=("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"))
    LOG_FORMAT = Variable(
        "json",
        "How log lines look: console is for people, json for machines.",
        choices=("console", "json"),
        in_debug="console",
    )


class HttpsVariables:
    """HTTPS"""

    BEHIND_TLS_PROXY = Variable(False, "Whether a proxy ends TLS and sets X-Forwarded-Proto itself.")
    SECURE_SSL_REDIRECT = Variable(True, "Sends http to https.", in_debug=False)
    SECURE_HSTS_SECONDS = Variable(31_536_000, "How long browsers insist on https.", at_least=0, in_debug=0)
    CSRF_TRUSTED_ORIGINS = Variable[tuple[str, ...]](
        (), "Other origins whose forms are trusted, separated by commas, for example https://photos.example.org."
    )


class MailVariables:
    """Mail"""

    EMAIL_URL = Variable(
        "",
        "Sends the codes for a new password, for example smtp+tls://user:password@host:587; without it, development "
        "shows the mail in its terminal, and elsewhere passwords cannot be reset by mail.",
    )
    DEFAULT_FROM_EMAIL = Variable("classifier@localhost", "The sender of that mail.")


class Variables(ServerVariables, HttpsVariables, MailVariables):
    """Every variable of the project. A base class is a section of docs/settings.md, as in `classifier.conf`."""


class Environment(environ.Env):  # type: ignore[misc]  # django-environ has no types
    """The environment's variables, each in the type of its row; nonsense is refused by name."""

    def value_of(self, row: Setting[T], *, debug: bool = False) -> T:
        """What is said, or the default where it is blank. Raises ImproperlyConfigured."""
        text = self.ENVIRON.get(row.name, "").strip()
        if not text:
            return row.in_debug if debug and row.in_debug is not None else row.default
        cast, kind = _CASTS[type(row.default)]
        try:
            value: T = self.get_value(row.name, cast=cast)
        except (KeyError, ValueError) as error:
            raise ImproperlyConfigured(f"{row.name} is {text!r}, which is not {kind}.") from error
        return value

    def read(self, variable: Variable[T], *, debug: bool = False) -> T:
        """The same, for what is needed before Django's checks can run. Raises ImproperlyConfigured."""
        value = self.value_of(variable, debug=debug)
        if problem := variable.problem(value):
            raise ImproperlyConfigured(f"{variable.name} is {value!r}. {problem}")
        return value


def _number(text: str) -> float:
    """django-environ's own cast reads 1e3 as 13."""
    return float(text)


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


_SWITCHES = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}
_CASTS: dict[type, tuple[Callable[[str], Any], str]] = {
    bool: (lambda text: _SWITCHES[text.strip().lower()], "1 or 0"),
    int: (int, "a whole number"),
    float: (_number, "a number"),
    str: (str, "a text"),
    tuple: (_names, "a list"),
}
"""For the type of a row's default, what makes a value of a text, and what that must be."""


def sqlite_database(data_dir: Path) -> dict[str, Any]:
    """The database that needs no server, in a folder made when missing. Raises ImproperlyConfigured when it cannot."""
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"DATA_DIR cannot be made: {error}. Set DATA_DIR to a folder to write to."
        ) from error
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": data_dir / "db.sqlite3"}


def secret_key(given: str, *, debug: bool, data_dir: Path) -> str:
    """The given key; in development without one, a random key kept in `data_dir` for the owner's eyes only.

    Raises ImproperlyConfigured when there is none and DEBUG is off.
    """
    if given:
        return given
    if not debug:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set. Make one: "
            "python -c 'import secrets; print(secrets.token_urlsafe(50))', and put it into .env or the environment. "
            "For development, DEBUG=1 makes one by itself."
        )
    path = data_dir / "secret_key"
    if not path.exists():
        _write_secret(path)
    return path.read_text()


def _write_secret(path: Path) -> None:
    """Under a temporary name first: of two processes that start at once, none may read half a key."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".secret_key-")
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(50))
    try:
        os.link(temporary, path)
    except FileExistsError:
        pass
    finally:
        os.unlink(temporary)
