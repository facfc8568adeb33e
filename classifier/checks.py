"""Start-up checks: settings that cannot work are named before anything is served."""

import os
import sqlite3
from contextlib import closing
from difflib import get_close_matches
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import WARNING, CheckMessage, Error, run_checks
from django.core.checks import Warning as CheckWarning
from django.core.checks import register as register_check
from django.db import connection

from classifier.conf import SETTINGS, Setting, conf

SHORTEST_SECRET = 32
"""Characters; token_urlsafe makes 67 of 50 bytes."""
FEWEST_DIFFERENT = 5
FTS5 = "fts5"
COMMAND_FOR_ANOTHER = "python -c 'import secrets; print(secrets.token_urlsafe(50))'"


def register() -> None:
    for check in (check_values, check_combinations, check_names, check_search):
        register_check(check, "classifier")
    for check in (check_secret, check_hosts, check_transport):
        register_check(check, "classifier", deploy=True)


def messages() -> list[CheckMessage]:
    """What Django's checks and ours find fault with, in production those for production, too."""
    found = run_checks(include_deployment_checks=not settings.DEVELOPMENT)
    return [message for message in found if message.level >= WARNING and not message.is_silenced()]


def text_of(message: CheckMessage) -> str:
    """What is wrong, and what to do."""
    return f"{message.msg} {message.hint or ''}".strip()


def check_values(**_: Any) -> list[CheckMessage]:
    """Settings outside what their row of the table allows."""
    return [
        Error(f"{row.name} is {row.value!r}.", hint=row.problem(row.value), id="classifier.E001")
        for row in SETTINGS
        if row.problem(row.value)
    ]


def check_combinations(**_: Any) -> list[CheckMessage]:
    """Settings that are fine one by one and not together."""
    found: list[CheckMessage] = []
    if conf.engine == "keras" and find_spec("tensorflow") is None:
        found.append(
            Error(
                "CLASSIFIER_ENGINE is 'keras', but TensorFlow is not installed.",
                hint="Choose openvino, or pip install -r requirements.txt.",
                id="classifier.E003",
            )
        )
    if conf.engine == "keras" and conf.precision == "bf16":
        found.append(
            CheckWarning(
                "CLASSIFIER_PRECISION is 'bf16', which the keras engine does not know; it computes in f32.",
                hint="Set CLASSIFIER_PRECISION=f32, or CLASSIFIER_ENGINE=openvino.",
                id="classifier.W001",
            )
        )
    if conf.engine == "remote" and not _is_address(conf.remote_url):
        found.append(
            Error(
                f"CLASSIFIER_ENGINE is 'remote', and CLASSIFIER_REMOTE_URL is {conf.remote_url!r}.",
                hint="Give the server's address, for example http://10.0.0.7:8000.",
                id="classifier.E008",
            )
        )
    if conf.engine != "remote" and conf.remote_url:
        found.append(
            CheckWarning(
                f"CLASSIFIER_REMOTE_URL is set, but CLASSIFIER_ENGINE is {conf.engine!r}: the network runs here.",
                hint="Set CLASSIFIER_ENGINE=remote, or remove CLASSIFIER_REMOTE_URL.",
                id="classifier.W005",
            )
        )
    if conf.tls_certificate and not Path(conf.tls_certificate).is_file():
        found.append(
            CheckWarning(
                f"CLASSIFIER_TLS_CERTIFICATE is {conf.tls_certificate!r}, which is no file: phones are not told of it.",
                hint="Give the file of the certificate, which this server may read, or nothing.",
                id="classifier.W006",
            )
        )
    if settings.PLAIN_HTTP and settings.BEHIND_TLS_PROXY:
        found.append(
            Error(
                "PLAIN_HTTP is for servers without TLS, and BEHIND_TLS_PROXY for those with it.",
                hint="Set one of them.",
                id="classifier.E004",
            )
        )
    return found


def check_names(**_: Any) -> list[CheckMessage]:
    """Names in the environment, to which `.env` is added, that look like a setting and are none."""
    known = {row.name for row in SETTINGS}
    unknown = sorted(name for name in os.environ if name.startswith(Setting.prefix) and name not in known)
    return [
        CheckWarning(f"{name} is no setting; it changes nothing.", hint=_hint(name, known), id="classifier.W003")
        for name in unknown
    ]


def check_search(**_: Any) -> list[CheckMessage]:
    """An SQLite without the extension that the index of the search is made of: no photo could be stored."""
    if connection.vendor != "sqlite" or _has_fts5():
        return []
    return [
        Error(
            f"SQLite {sqlite3.sqlite_version} of this Python has no FTS5, which the search needs.",
            hint="Take a Python of python.org, of your distribution or of Docker, or use PostgreSQL.",
            id="classifier.E009",
        )
    ]


def check_secret(**_: Any) -> list[CheckMessage]:
    """A key that can be guessed: whoever does, signs sessions as anybody."""
    key = settings.SECRET_KEY
    if len(key) >= SHORTEST_SECRET and len(set(key)) >= FEWEST_DIFFERENT:
        return []
    return [Error("SECRET_KEY can be guessed.", hint=f"Make another: {COMMAND_FOR_ANOTHER}", id="classifier.E005")]


def check_hosts(**_: Any) -> list[CheckMessage]:
    """Names that the server answers to: none, or any that a stranger makes up."""
    if not settings.ALLOWED_HOSTS:
        problem = "ALLOWED_HOSTS is empty: every request would be refused."
    elif "*" in settings.ALLOWED_HOSTS:
        problem = "ALLOWED_HOSTS is '*': addresses in answers and mail would be what strangers make up."
    else:
        return []
    hint = "List the names that people type, for example ALLOWED_HOSTS=photos.example.org,192.168.1.20."
    return [Error(problem, hint=hint, id="classifier.E006")]


def check_transport(**_: Any) -> list[CheckMessage]:
    """How requests get here: over http on purpose, or redirected to an https that nobody speaks."""
    if settings.PLAIN_HTTP:
        return [
            CheckWarning(
                "PLAIN_HTTP is on: everybody on the network can read passwords, tokens and photos.",
                hint="Use it in a network that you trust; docs/going-live.md has the way to TLS.",
                id="classifier.W004",
            )
        ]
    if settings.SECURE_SSL_REDIRECT and not settings.BEHIND_TLS_PROXY:
        return [
            Error(
                "Pages are redirected to https, and none of a proxy is believed: browsers go round in a circle.",
                hint="Set BEHIND_TLS_PROXY=1 behind a TLS proxy that sets X-Forwarded-Proto, PLAIN_HTTP=1 in a "
                "network without TLS, or SECURE_SSL_REDIRECT=0 under a server that speaks TLS itself.",
                id="classifier.E007",
            )
        ]
    return []


def _has_fts5() -> bool:
    with closing(sqlite3.connect(":memory:")) as database:
        modules = database.execute("SELECT 1 FROM pragma_module_list WHERE name = ?", [FTS5])
        return modules.fetchone() is not None


def _is_address(text: str) -> bool:
    """Whether it is the address of a web server, without a query."""
    try:
        parts = urlsplit(text)
        has_port = parts.port is None or parts.port > 0
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and has_port and not parts.query


def _hint(name: str, known: set[str]) -> str:
    names = {row.removeprefix(Setting.prefix): row for row in known}
    near = get_close_matches(name.removeprefix(Setting.prefix), names, n=1, cutoff=0.7)
    return f"Did you mean {names[near[0]]}?" if near else "Remove it; docs/settings.md lists the settings there are."
