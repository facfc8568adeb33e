"""What the environment says of the project, and what is made up where it says nothing."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from classifier.checks import check_names
from classifier.conf import Conf, sections
from classifier_project.env import Environment, Variable, Variables, database, mail, secret_key

ROWS = [row for table in (Variables, Conf) for rows in sections(table).values() for row in rows]


@pytest.fixture
def env() -> Environment:
    return Environment()


class Examples:
    A_TEXT = Variable("", "")
    A_NUMBER = Variable(1, "")
    A_FRACTION = Variable(1.0, "")
    A_SWITCH = Variable(False, "")
    NAMES = Variable[tuple[str, ...]]((), "")


@pytest.mark.parametrize(
    ("row", "text", "value"),
    [
        (Examples.A_TEXT, "as it is", "as it is"),
        (Examples.A_NUMBER, "-12", -12),
        (Examples.A_FRACTION, "1e3", 1000.0),
        (Examples.A_SWITCH, "Yes", True),
        (Examples.A_SWITCH, "0", False),
        (Examples.NAMES, "a.example, b.example,", ("a.example", "b.example")),
    ],
)
def test_a_text_is_read_in_the_type_of_its_row(
    env: Environment, monkeypatch: pytest.MonkeyPatch, row: Variable[Any], text: str, value: object
) -> None:
    monkeypatch.setenv(row.name, text)

    assert env.value_of(row) == value


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
@pytest.mark.parametrize("said", [False, True], ids=["missing", "blank"])
def test_what_is_not_said_has_its_default(
    env: Environment, monkeypatch: pytest.MonkeyPatch, row: Variable[Any], said: bool
) -> None:
    monkeypatch.setenv(row.name, " ")
    if not said:
        monkeypatch.delenv(row.name)

    assert env.value_of(row) == row.default
    assert env.value_of(row, debug=True) == (row.default if row.in_debug is None else row.in_debug)


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (Variables.PORT, "a whole number"),
        (Variables.BEHIND_TLS_PROXY, "1 or 0"),
        (Conf.top_k, "a whole number"),
        (Conf.queue_timeout_s, "a number"),
        (Conf.registration_open, "1 or 0"),
    ],
)
def test_nonsense_is_refused_by_name(
    env: Environment, monkeypatch: pytest.MonkeyPatch, row: Variable[Any], kind: str
) -> None:
    monkeypatch.setenv(row.name, "many")

    with pytest.raises(ImproperlyConfigured, match=f"^{row.name} is 'many', which is not {kind}.$"):
        env.value_of(row)


@pytest.mark.parametrize(
    ("variable", "text", "problem"),
    [
        (Variables.PORT, "99999", "PORT is 99999. Give 65535 or less."),
        (Variables.LOG_FORMAT, "xml", "LOG_FORMAT is 'xml'. Choose one of console, json."),
        (Variables.LOG_LEVEL, "LOUD", "LOG_LEVEL is 'LOUD'. Choose one of DEBUG, INFO, WARNING, ERROR, CRITICAL."),
    ],
)
def test_a_value_that_is_not_allowed_is_refused_by_name(
    env: Environment, monkeypatch: pytest.MonkeyPatch, variable: Variable[Any], text: str, problem: str
) -> None:
    monkeypatch.setenv(variable.name, text)

    with pytest.raises(ImproperlyConfigured) as refused:
        env.read(variable)

    assert str(refused.value) == problem


def test_a_name_in_the_env_file_that_is_no_setting_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLASSIFIER_TOPK", "to be taken away again")
    monkeypatch.delenv("CLASSIFIER_TOPK")
    (tmp_path / ".env").write_text("CLASSIFIER_TOPK=3\n")

    Environment.read_env(tmp_path / ".env")

    assert [warning.id for warning in check_names()] == ["classifier.W003"]


def test_development_makes_its_own_secret_and_keeps_it(tmp_path: Path) -> None:
    first = secret_key("", debug=True, data_dir=tmp_path)

    assert secret_key("", debug=True, data_dir=tmp_path) == first
    assert len(first) >= 50
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


def test_processes_that_start_at_once_share_one_secret(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: secret_key("", debug=True, data_dir=tmp_path), range(32)))

    assert len(keys) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


@pytest.mark.parametrize(
    "url",
    [
        "mysql://ada:hush@db/photos",
        "hush",
        "postgres://ada:hush@db",
        "postgres://ada:hu:sh/x@db:5432/photos",
        "oracle://",
    ],
)
def test_an_address_of_a_database_that_cannot_be_used_is_told_without_its_password(tmp_path: Path, url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^DATABASE_URL .* Write postgres://user:password") as told:
        database(url, data_dir=tmp_path)

    assert "hush" not in str(told.value)


@pytest.mark.parametrize("url", ["mail.example", "pigeon://ada:hush@mail", "smtp://ada:hush@mail:port"])
def test_an_address_of_a_mail_server_that_cannot_be_used_is_told_without_its_password(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^EMAIL_URL cannot be read\. Write smtp") as told:
        mail(url)

    assert "hush" not in str(told.value)
