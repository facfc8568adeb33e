"""The commands, as an operator types them."""

import io
import json
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from classifier.inference import instance
from classifier.model_registry import versions
from classifier.models import ModelVersion
from classifier.tests.examples import PUBLISHED, build_colour_model, jpeg
from classifier_project.settings import BASE_DIR


def run(*arguments: str) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command(*arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "photo.jpg"
    path.write_bytes(jpeg("blue"))
    return path


class TestClassify:
    def test_labels_come_with_percentages(self, serving: ModelVersion, photo: Path) -> None:
        out, _ = run("classify", str(photo), "--top-k", "2")

        assert len(out.splitlines()) == 2
        assert re.match(r"blue \(\d+\.\d\d%\)\n", out)

    def test_json_is_for_programs(self, serving: ModelVersion, photo: Path) -> None:
        out, _ = run("classify", str(photo), "--json")

        (answer,) = json.loads(out)
        assert (answer["photo"], answer["label"], len(answer["top"])) == (str(photo), "blue", 3)
        assert answer["model"]["name"] == "colours"

    def test_raw_is_the_triple_of_the_tutorials(self, serving: ModelVersion, photo: Path) -> None:
        out, _ = run("classify", str(photo), "--raw", "--top-k", "1")

        assert out.startswith("('', 'blue', 0.99")

    def test_a_photo_that_fails_does_not_keep_the_others_from_their_answers(
        self, serving: ModelVersion, photo: Path, tmp_path: Path, capsys: Any
    ) -> None:
        (tmp_path / "broken.jpg").write_bytes(b"\xff\xd8\xff broken")
        out, err = io.StringIO(), io.StringIO()

        with pytest.raises(CommandError, match="3 of 4 photos"):
            call_command(
                "classify",
                str(tmp_path / "missing.jpg"),
                str(tmp_path / "broken.jpg"),
                str(tmp_path),
                str(photo),
                stdout=out,
                stderr=err,
            )

        assert "blue (" in out.getvalue()
        assert "missing.jpg: No such file" in err.getvalue()
        assert "broken.jpg: The file is damaged" in err.getvalue()

    def test_without_a_model_it_says_how_to_get_one(self, db: None, photo: Path) -> None:
        with pytest.raises(CommandError, match="install_model"):
            run("classify", str(photo))


class TestModels:
    def test_a_model_is_installed_activated_and_listed(self, db: None, tmp_path: Path) -> None:
        folder = build_colour_model(tmp_path, name="colours")

        out, _ = run("install_model", str(folder), "--activate")

        version = versions.find("colours")
        assert f"{version} serves now" in out
        assert f"* │ {version}" in run("list_models")[0]

    def test_an_installed_model_waits_to_be_activated(self, serving: ModelVersion, tmp_path: Path) -> None:
        folder = build_colour_model(tmp_path, name="second", gain=3.0)

        out, _ = run("install_model", str(folder))
        assert "activate_model second-" in out
        run("activate_model", "second")

        assert instance.get().ref.name == "second"

    def test_a_model_that_cannot_serve_is_not_activated(self, serving: ModelVersion, tmp_path: Path) -> None:
        run("install_model", str(build_colour_model(tmp_path, name="second", gain=3.0)))
        (versions.find("second").folder / "model.bin").write_bytes(b"nonsense")

        with pytest.raises(CommandError, match=f"altered.*{serving} goes on serving"):
            run("activate_model", "second")

        assert "altered" in run("list_models")[0].replace("\n", "")

    @pytest.mark.parametrize("error", ["Exception [/plugin.cpp:9] check failed", "[gpu] lost"])
    def test_a_load_error_is_shown_letter_for_letter(self, serving: ModelVersion, error: str) -> None:
        ModelVersion.objects.update(load_error=error)

        shown = re.sub(r"[\s│]+", " ", run("list_models")[0])

        assert set(error.split()) <= set(shown.split())

    def test_a_listed_model_tells_who_says_how_good_it_is_and_its_licence(self, db: None, tmp_path: Path) -> None:
        versions.register(build_colour_model(tmp_path, name="known", published=PUBLISHED, license="Apache-2.0"))

        shown = re.sub(r"[\s│]+", " ", run("list_models")[0])

        assert "top-1 75.1% published" in shown
        assert "Apache-2.0" in shown
        assert "Published: on ImageNet validation, https://example.org/figures" in shown

    def test_an_empty_list_says_what_to_type(self, db: None) -> None:
        assert "install_model resnet50 --activate" in run("list_models")[0]

    def test_an_unknown_model_is_refused(self, db: None) -> None:
        with pytest.raises(CommandError, match="No architecture 'nonsense'"):
            run("install_model", "nonsense")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answer(url: str) -> dict[str, Any]:
    with urllib.request.urlopen(url, timeout=5) as response:
        body: dict[str, Any] = json.load(response)
        return body


def wait_for(url: str, wanted: Any, timeout_s: float = 30) -> None:
    deadline = time.monotonic() + timeout_s
    while True:
        try:
            if wanted(answer(url)):
                return
        except OSError:
            pass
        assert time.monotonic() < deadline, f"{url} never gave the answer"
        time.sleep(0.1)


class TestServe:
    def test_a_running_server_swaps_models_within_five_seconds_and_stops_when_told(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        port = free_port()
        environment = {"DEBUG": "1", "DATA_DIR": str(tmp_path / "var"), "PATH": "/usr/bin:/bin"}

        def manage(*arguments: str) -> None:
            command = [sys.executable, "manage.py", *arguments]
            subprocess.run(command, cwd=BASE_DIR, env=environment, check=True, capture_output=True)

        manage("migrate")
        manage("install_model", str(build_colour_model(tmp_path, name="first")), "--activate")
        manage("install_model", str(build_colour_model(tmp_path, name="second", gain=3.0)))
        command = [sys.executable, "manage.py", "serve", "--port", str(port)]
        server = subprocess.Popen(command, cwd=BASE_DIR, env=environment, stdout=subprocess.PIPE, text=True)
        try:
            ready = f"http://127.0.0.1:{port}/readyz"
            wait_for(ready, lambda body: body["model"]["name"] == "first")
            manage("activate_model", "second")
            wait_for(ready, lambda body: body["model"]["name"] == "second", timeout_s=5)
        finally:
            server.send_signal(signal.SIGTERM)
            out, _ = server.communicate(timeout=10)

        assert server.returncode == 0
        assert f"Serving on http://127.0.0.1:{port}/" in out

    def test_a_taken_port_is_named(self) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            with pytest.raises(CommandError, match="Cannot listen on"):
                run("serve", "--port", str(taken.getsockname()[1]))
