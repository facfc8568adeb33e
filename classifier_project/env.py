"""What the environment may say of the project, and what is made up where it says nothing."""

import os
import secrets
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

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
    DEBUG = Variable(
        False,
        "For development: makes a SECRET_KEY, and shows staff Django's pages of errors as long as HOST is a loopback "
        "address; `make run` turns it on.",
    )
    ALLOWED_HOSTS = Variable[tuple[str, ...]](
        (),
        "Names that the server answers to, separated by commas; DEBUG and PLAIN_HTTP add localhost and, where HOST "
        "lets the network in, this machine's addresses.",
    )
    HOST = Variable("127.0.0.1", "Where `make run` and `manage.py serve` listen; 0.0.0.0 lets the network in.")
    PORT = Variable(8000, "The port that they listen on.", at_least=1, at_most=65535)
    DATA_DIR = Variable("var", "Holds db.sqlite3, media/ and models/; relative to the project.")
    DATABASE_URL = Variable(
        "", "postgres://user:password@host:5432/name; without it, SQLite in DATA_DIR is the database."
    )
    DATABASE_MAX_CONNECTIONS = Variable(
        32,
        "The most connections of one process to PostgreSQL, which its threads share; it opens no more than it needs. "
        "All processes together must stay below PostgreSQL's own max_connections.",
        at_least=4,
    )
    STORAGE_URL = Variable(
        "",
        "s3://KEY:SECRET@bucket/prefix?endpoint_url=https://s3.example.org keeps the photos in a bucket; without it, "
        "they are in DATA_DIR/media. Without KEY:SECRET, the environment or the machine's role is asked. "
        "CLASSIFIER_X_ACCEL_PREFIX is about a folder and does nothing then.",
    )
    TIME_ZONE = Variable("UTC", "Of the times that pages, the API and the admin show, for example Europe/Berlin.")
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
    PLAIN_HTTP = Variable(
        False,
        "For a trusted network without TLS: no https is asked for, and cookies go over http; everybody on that "
        "network can read passwords, tokens and photos.",
        in_debug=True,
    )
    SECURE_SSL_REDIRECT = Variable(
        True, "Sends pages from http to https, and refuses the API over http; never with PLAIN_HTTP."
    )
    SECURE_HSTS_SECONDS = Variable(31_536_000, "How long browsers insist on https; never with PLAIN_HTTP.", at_least=0)
    CSRF_TRUSTED_ORIGINS = Variable[tuple[str, ...]](
        (), "Other origins whose forms are trusted, separated by commas, for example https://photos.example.org."
    )
    FORCE_SCRIPT_NAME = Variable(
        "", "The path below which the server is, for example /photos, where a proxy takes it away before it asks."
    )
    CORS_ALLOWED_ORIGINS = Variable[tuple[str, ...]](
        (), "Pages of other origins whose scripts may call the API with a token, for example https://app.example.org."
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

    def read(self, variable: Setting[T], *, debug: bool = False) -> T:
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


_POSTGRESQL_URL = "postgres://user:password@host:5432/name"
_DATABASE_SCHEMES = ("postgres", "postgresql", "psql", "pgsql", "sqlite")
SQLITE = "classifier.storage.sqlite"
"""The engine that is used for SQLite, instead of Django's own."""
_SWITCHES = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}
_CASTS: dict[type, tuple[Callable[[str], Any], str]] = {
    bool: (lambda text: _SWITCHES[text.strip().lower()], "1 or 0"),
    int: (int, "a whole number"),
    float: (_number, "a number"),
    str: (str, "a text"),
    tuple: (_names, "a list"),
}
"""For the type of a row's default, what makes a value of a text, and what that must be."""


def database(url: str, *, data_dir: Path) -> dict[str, Any]:
    """Django's settings for a database's address, or for SQLite in `data_dir`. Raises ImproperlyConfigured.

    Errors never repeat the address, which has the password in it.
    """
    if not url:
        return sqlite_database(data_dir)
    advice = f"Write {_POSTGRESQL_URL}, or leave DATABASE_URL out for SQLite in DATA_DIR."
    if url.partition("://")[0] not in _DATABASE_SCHEMES:
        raise ImproperlyConfigured(f"DATABASE_URL names no database that is supported. {advice}")
    try:
        config: dict[str, Any] = Environment.db_url_config(url)
    except ValueError:
        raise ImproperlyConfigured(
            f"DATABASE_URL cannot be read. {advice} In a password, write %40 for @, %3A for : and %2F for /."
        ) from None
    if not config["NAME"]:
        raise ImproperlyConfigured(f"DATABASE_URL names no database. {advice}")
    return {**config, "ENGINE": SQLITE} if config["ENGINE"].endswith("sqlite3") else config


def mail(url: str) -> dict[str, Any]:
    """Django's settings for a mail server's address; an empty one is this process's terminal.

    Raises ImproperlyConfigured, without the password.
    """
    try:
        config: dict[str, Any] = Environment.email_url_config(url or "consolemail://")
    except (ImproperlyConfigured, KeyError, ValueError):
        raise ImproperlyConfigured(
            "EMAIL_URL cannot be read. Write smtp+tls://user:password@host:587, with %40 for an @ in the "
            "user's name or the password."
        ) from None
    return config


def time_zone(name: str) -> str:
    """A zone that there is. Raises ImproperlyConfigured."""
    try:
        ZoneInfo(name)
    except (KeyError, OSError, ValueError) as error:
        raise ImproperlyConfigured(
            f"TIME_ZONE is {name!r}, which is no time zone. Write one as Europe/Berlin."
        ) from error
    return name


def script_name(given: str) -> str | None:
    """The path with one slash in front and none behind, however it is written; None for none."""
    return f"/{given.strip('/')}" if given.strip("/") else None


def sqlite_database(data_dir: Path) -> dict[str, Any]:
    """The database that needs no server, in a folder made when missing. Raises ImproperlyConfigured when it cannot."""
    _make(data_dir)
    return {"ENGINE": SQLITE, "NAME": data_dir / "db.sqlite3"}


def _make(data_dir: Path) -> None:
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"DATA_DIR cannot be made: {error}. Set DATA_DIR to a folder to write to."
        ) from error


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
    _make(data_dir)
    path = data_dir / "secret_key"
    if not path.exists():
        _write_secret(path)
    return path.read_text()


def _write_secret(path: Path) -> None:
    """Under a temporary name first: of two processes that start at once, none may read half a key."""
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".secret_key-")
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(50))
    try:
        os.link(temporary, path)
    except FileExistsError:
        pass
    finally:
        os.unlink(temporary)
