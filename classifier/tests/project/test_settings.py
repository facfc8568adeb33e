"""Settings come from the environment, and nonsense is named before anything is served."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from classifier.checks import CHOICES, NOT_NEGATIVE, POSITIVE, check_choices, check_numbers
from classifier.conf import Conf, _Setting
from classifier.server.addresses import is_loopback
from classifier_project import settings as project_settings
from classifier_project.env import secret_key
from classifier_project.settings import BASE_DIR

POISON = "import sys; sys.modules['tensorflow'] = sys.modules['keras'] = None; import runpy; sys.argv = {argv!r}; {run}"


def run_python(code: str, tmp_path: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    clean = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path / "var"), **environment}
    command = [sys.executable, "-c", code]
    return subprocess.run(command, cwd=BASE_DIR, env=clean, capture_output=True, text=True, check=False)


def manage(tmp_path: Path, *arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    run = "runpy.run_path('manage.py', run_name='__main__')"
    return run_python(POISON.format(argv=["manage.py", *arguments], run=run), tmp_path, **environment)


@pytest.mark.parametrize("arguments", [("migrate",), ("check",), ("createsuperuser", "--help"), ("list_models",)])
def test_a_command_never_imports_tensorflow(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    if arguments == ("list_models",):
        manage(tmp_path, "migrate", DEBUG="1")

    done = manage(tmp_path, *arguments, DEBUG="1")

    assert done.returncode == 0, done.stderr


def test_the_poison_works(tmp_path: Path) -> None:
    done = run_python(POISON.format(argv=[], run="import tensorflow"), tmp_path)

    assert "ModuleNotFoundError" in done.stderr


def test_a_server_with_openvino_never_imports_tensorflow(tmp_path: Path, model_folder: Path) -> None:
    code = POISON.format(
        argv=[],
        run=f"""
import pathlib
from PIL import Image
import classifier_project.settings
import os; os.environ["DJANGO_SETTINGS_MODULE"] = "classifier_project.settings"
import django; django.setup()
from django.core.handlers.wsgi import WSGIHandler; WSGIHandler()
import classifier_project.urls
from classifier.inference import instance
service = instance.start(pathlib.Path({str(model_folder)!r}))
print(service.classify(Image.new("RGB", (20, 20), "red")).top[0].label)
""",
    )

    done = run_python(code, tmp_path, DEBUG="1")

    assert done.stdout.strip() == "red", done.stderr


def test_production_refuses_to_start_without_a_secret(tmp_path: Path) -> None:
    done = manage(tmp_path, "check")

    assert done.returncode != 0
    assert "SECRET_KEY is not set. Make one:" in done.stderr


def test_development_makes_its_own_secret_and_keeps_it(tmp_path: Path) -> None:
    first = secret_key("", debug=True, data_dir=tmp_path)

    assert secret_key("", debug=True, data_dir=tmp_path) == first
    assert len(first) >= 50
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("name", [*POSITIVE, *NOT_NEGATIVE])
def test_a_number_that_makes_no_sense_is_named(settings: Any, name: str) -> None:
    setattr(settings, f"CLASSIFIER_{name.upper()}", -1)

    assert [error.msg for error in check_numbers()] == [f"CLASSIFIER_{name.upper()} is -1."]


@pytest.mark.parametrize("name", CHOICES)
def test_a_choice_that_is_none_is_named(settings: Any, name: str) -> None:
    setattr(settings, f"CLASSIFIER_{name.upper()}", "nonsense")

    assert [error.msg for error in check_choices()] == [f"CLASSIFIER_{name.upper()} is 'nonsense'."]


def test_the_defaults_pass_the_checks() -> None:
    assert not [*check_numbers(), *check_choices()]


def documented() -> set[str]:
    return set(re.findall(r"^#? ?([A-Z][A-Z_0-9]+)=", (BASE_DIR / ".env.example").read_text(), re.M))


def test_every_setting_is_in_the_example_and_the_readme_names_no_other() -> None:
    source = Path(project_settings.__file__).read_text()
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_0-9]+)"', source))
    readme = (BASE_DIR / "README.md").read_text()

    assert documented() == read
    assert set(re.findall(r"`(CLASSIFIER_[A-Z_0-9]+)", readme)) <= read


def test_every_setting_of_the_application_has_a_default() -> None:
    names = {name for name in vars(Conf) if isinstance(vars(Conf)[name], _Setting)}

    assert {f"CLASSIFIER_{name.upper()}" for name in names} <= documented()


def test_the_host_decides_who_is_let_in() -> None:
    assert is_loopback("127.0.0.1")
    assert not is_loopback("0.0.0.0")
