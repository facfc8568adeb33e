"""The files in deploy/ fit each other, the code, and what their programs take."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from compose_spec import PyCompose, parse_duration
from compose_spec.models import ComposeSpecification

from classifier.conf import SETTINGS, Conf
from classifier.errors import BusyError, RequestTooLargeError, error_body
from classifier.server.limits import Limits
from classifier_project.env import Variables
from classifier_project.settings import BASE_DIR, DATA_UPLOAD_MAX_MEMORY_SIZE

DEPLOY = Path(BASE_DIR) / "deploy"
COMPOSE = (DEPLOY / "compose.yaml").read_text()
DOCKERFILE = (DEPLOY / "Dockerfile").read_text()
NGINX = (DEPLOY / "nginx/photos.conf.template").read_text()
OF_OTHERS = {"WEB_CONCURRENCY"}
"""What gunicorn reads."""
DRAIN_S = Limits().drain_s


def services() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(COMPOSE)["services"]
    return found


def check_compose(text: str) -> None:
    """Raises ValueError for what its specification does not know. YAML's own `<<` is for whoever reads YAML."""
    flat = yaml.safe_load(text)
    PyCompose.from_yaml(yaml.safe_dump(flat))
    ComposeSpecification.model_validate(flat)


def test_the_compose_file_is_one() -> None:
    check_compose(COMPOSE)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("stop_grace_period: 20s", "stop_grace: 20s"), ("read_only: true", "read_only: [1]"), ("[CMD,", "{CMD: 1,")],
)
def test_what_is_none_is_noticed(right: str, wrong: str) -> None:
    assert right in COMPOSE
    with pytest.raises((ValueError, yaml.YAMLError)):
        check_compose(COMPOSE.replace(right, wrong))


def test_what_compose_names_is_there() -> None:
    stages = set(re.findall(r"^FROM .* AS (\w+)$", DOCKERFILE, re.MULTILINE))
    built = [service["build"] for service in services().values() if "build" in service]
    mounted = [volume.split(":")[0] for service in services().values() for volume in service.get("volumes", [])]

    assert {build["target"] for build in built} == {"serve", "tools", "ray"} <= stages
    assert {Path(DEPLOY, build["context"], build["dockerfile"]).is_file() for build in built} == {True}
    files = [name for name in mounted if name.startswith("./") and name not in ("./certificates", "./backups")]
    assert [name for name in files if not (DEPLOY / name).is_file()] == []


def test_what_compose_tells_the_application_is_a_setting() -> None:
    known = {row.name for row in SETTINGS} | {name for name in dir(Variables) if name.isupper()} | OF_OTHERS

    assert set(services()["application"]["environment"]) - known == set()


def test_nginx_learns_of_a_new_application() -> None:
    assert services()["nginx"]["depends_on"]["application"]["restart"] is True


def test_everybody_who_ends_the_server_waits_for_its_requests() -> None:
    unit = (DEPLOY / "systemd/photos.service").read_text()
    grace_s = parse_duration(services()["application"]["stop_grace_period"])

    assert int(re.search(r"^TimeoutStopSec=(\d+)$", unit, re.MULTILINE)[1]) > DRAIN_S + 5  # type: ignore[index]
    assert (grace_s.total_seconds() if hasattr(grace_s, "total_seconds") else float(grace_s)) > DRAIN_S + 5


def rendered(**environment: str) -> str:
    clean = {"PATH": os.environ["PATH"], **environment}
    return subprocess.check_output([DEPLOY / "nginx/render"], env=clean, text=True)


@pytest.mark.skipif(shutil.which("envsubst") is None, reason="There is no envsubst.")
def test_nginx_takes_what_the_application_takes() -> None:
    usual = Conf.max_upload_bytes.default + DATA_UPLOAD_MAX_MEMORY_SIZE

    assert f"client_max_body_size {usual};" in rendered()
    assert "client_max_body_size 1049576;" in rendered(CLASSIFIER_MAX_UPLOAD_BYTES="1000")
    assert re.findall(r"\$\{\w+\}|\$[A-Z]", rendered()) == []


def test_nginx_refuses_as_the_application_does() -> None:
    told = {status: json.loads(body) for status, body in re.findall(r"return (\d+) '(.*)';", NGINX)}

    for error in (RequestTooLargeError, BusyError):
        body = told[str(error.status)]
        detail = body["errors"][0]["detail"]
        assert body == error_body(status=error.status, code=error.code, detail=detail)
    assert told["404"] == error_body(status=404, code="not_found", detail="Not found.")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="There is no systemd.")
@pytest.mark.parametrize("unit", sorted(path.name for path in (DEPLOY / "systemd").iterdir()))
def test_systemd_understands_its_units(tmp_path: Path, unit: str) -> None:
    for path in (DEPLOY / "systemd").iterdir():  # the programs that they start lie elsewhere on this machine
        text = path.read_text().replace("/srv/photos/.venv/bin/python", sys.executable)
        (tmp_path / path.name).write_text(text.replace("/srv/photos", str(BASE_DIR)))

    done = subprocess.run(["systemd-analyze", "verify", tmp_path / unit], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")


def test_what_a_killed_backup_left_goes_before_the_next(tmp_path: Path) -> None:
    unit = (DEPLOY / "systemd/photos-backup.service").read_text()
    (command,) = re.findall(r"^ExecStartPre=(.*)$", unit, re.MULTILINE)
    left, under_way = tmp_path / ".backup-left", tmp_path / ".backup-now"
    for folder in (left, under_way):
        folder.mkdir()
        (folder / "backup.tar").touch()
    (tmp_path / "photos-2020-01-01.tar").touch()
    os.utime(left, (0, 0))

    subprocess.run(command.replace("/var/backups/photos", str(tmp_path)).split(), check=True)

    assert {path.name for path in tmp_path.iterdir()} == {".backup-now", "photos-2020-01-01.tar"}


@pytest.fixture
def image(tmp_path: Path) -> Path:
    """A folder with what .dockerignore lets in, and no more."""
    lines = (Path(BASE_DIR) / ".dockerignore").read_text().splitlines()
    for name in (line.removeprefix("!") for line in lines if line.startswith("!")):
        source, target = Path(BASE_DIR) / name, tmp_path / "image" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            ignored = shutil.ignore_patterns("__pycache__", "tests")
            shutil.copytree(source, target, ignore=ignored)
        else:
            shutil.copy(source, target)
    return tmp_path / "image"


@pytest.mark.slow
def test_the_image_has_all_that_it_needs(image: Path, tmp_path: Path) -> None:
    python = f"{Path(sys.executable).parent}:/usr/bin:/bin"
    environment = {
        "PATH": python,
        "DATA_DIR": str(tmp_path / "data"),
        "SECRET_KEY": "0123456789" * 4,
        "ALLOWED_HOSTS": "photos.example.org",
        "BEHIND_TLS_PROXY": "1",
        "DJANGO_SUPERUSER_USERNAME": "root",
        "DJANGO_SUPERUSER_PASSWORD": "a long word that nobody guesses",
    }

    def typed(*command: str) -> str:
        done = subprocess.run(command, cwd=image, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    typed("python", "manage.py", "collectstatic", "--noinput")
    first, again = typed("deploy/install"), typed("deploy/install")

    assert ("Superuser created" in first, "Superuser created" in again) == (True, False)
    assert "FAIL" not in typed("python", "manage.py", "doctor")
