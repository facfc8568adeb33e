"""Going live as the README says, in a new folder: no browser goes round in a circle, and what cannot work is told."""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPCookieProcessor, build_opener

from benchmarks.live import client
from benchmarks.live.server import free_port
from benchmarks.results import ROOT
from faults.finding import Finding

SECRET = "a long word that nobody guesses, as far as a case goes"  # noqa: S105
BY_HTTPS = {"Host": "photos.example.org", "X-Forwarded-Proto": "https", "Accept": "text/html"}
UNFIT: dict[str, dict[str, str]] = {
    "a key that can be guessed": {"SECRET_KEY": "x"},
    "no host": {"ALLOWED_HOSTS": ""},
    "any host": {"ALLOWED_HOSTS": "*"},
    "no proxy": {"BEHIND_TLS_PROXY": "0"},
    "no database": {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/nothing"},
    "a wrong value": {"PORT": "abc"},
    "no key": {"SECRET_KEY": ""},
}
FIT = {"DEBUG": "0", "SECRET_KEY": SECRET, "ALLOWED_HOSTS": "photos.example.org", "BEHIND_TLS_PROXY": "1"}


def run() -> list[Finding]:
    with _new_machine() as folder:
        lines = re.search(r"^## Go live\n.*?^```sh\n(.*?)^```$", (folder / "README.md").read_text(), re.M | re.S)
        if lines is None:
            raise RuntimeError("The README has no lines for going live.")
        found = _behind_a_proxy(folder, lines[1])
        (folder / ".env").write_text(f"SECRET_KEY={SECRET}\nPLAIN_HTTP=1\n")
        found.append(_over_plain_http(folder))
    return [*found, _unfit()]


def _behind_a_proxy(folder: Path, lines: str) -> list[Finding]:
    port, began = free_port(), time.monotonic()
    with _typed(lines, folder, port):
        _wait_until_ready(port, BY_HTTPS)
        seconds = time.monotonic() - began
        page = client.request(port, "GET", "/sign-in/", headers=BY_HTTPS)
        sheet = re.search(r'href="(/static/[^"]+\.css)"', page.body.decode())
        style = client.request(port, "GET", sheet[1] if sheet else "/", headers=BY_HTTPS)
        missing = client.request(port, "GET", "/nothing/", headers=BY_HTTPS)
        call = client.request(port, "GET", "/api/v1/me/", headers={**BY_HTTPS, "X-Forwarded-Proto": "http"})
    pages = (page.status, style.status, missing.status)
    return [
        Finding(
            "README's lines on a new machine: page, style sheet and 404 by https",
            f"{pages}, ready after {seconds:.0f} s",
            pages == (200, 200, 404) and b"Page not found" in missing.body,
        ),
        Finding("the API by http, with its token in the clear", f"{call.status}", call.status == 403),
    ]


def _over_plain_http(folder: Path) -> Finding:
    """A browser in the network registers: its cookies come back, and the next page knows whose it is."""
    port = free_port()
    with _typed("make run", folder, port):
        _wait_until_ready(port, {})
        browser, address = build_opener(HTTPCookieProcessor()), f"http://127.0.0.1:{port}"
        form = browser.open(f"{address}/register/").read().decode()
        token = re.search('name="csrfmiddlewaretoken" value="([^"]+)"', form)
        fields = {"username": "ada", "password": SECRET, "csrfmiddlewaretoken": token[1] if token else ""}
        with contextlib.suppress(HTTPError):
            browser.open(f"{address}/register/", urlencode(fields).encode())
        opened = urlsplit(browser.open(f"{address}/account/").url).path
    return Finding("plain http without DEBUG: registered, then the account's page", opened, opened == "/account/")


def _wait_until_ready(port: int, headers: Mapping[str, str]) -> None:
    for _ in range(1500):
        with contextlib.suppress(OSError):
            if client.request(port, "GET", "/readyz", headers=headers).status == 200:
                return
        time.sleep(0.2)
    raise TimeoutError("The server was never ready.")


@contextlib.contextmanager
def _new_machine() -> Iterator[Path]:
    """A copy of what is in the repository, and of nothing else; the virtual environment is this one."""
    with tempfile.TemporaryDirectory(prefix="new-machine-") as name:
        folder = Path(name)
        for file in subprocess.check_output(["git", "ls-files", "-z"], cwd=ROOT, text=True).split("\0"):
            if file and (ROOT / file).is_file():
                (folder / file).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / file, folder / file)
        for lock in folder.glob("*.lock"):
            os.utime(lock, (0, 0))  # what it asks for is installed
        (folder / ".venv").symlink_to(Path(sys.prefix))
        yield folder


@contextlib.contextmanager
def _typed(lines: str, folder: Path, port: int) -> Iterator[None]:
    """A shell in which they were typed, until the server they start is no longer needed."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "PORT": str(port)}
    log = folder / "log"
    with log.open("wb") as file:
        shell = subprocess.Popen(
            ["bash", "-e", "-c", lines], cwd=folder, env=environment, stdout=file, stderr=file, start_new_session=True
        )
        try:
            yield
        except Exception as error:
            raise RuntimeError(f"{error} {log.read_text()[-2000:]}") from error
        finally:
            os.killpg(shell.pid, signal.SIGTERM)
            shell.wait(60)


def _unfit() -> Finding:
    """Servers that cannot work: neither the doctor nor the start may say that all is well, or show a traceback."""
    told = 0
    for changed in UNFIT.values():
        with tempfile.TemporaryDirectory(prefix="unfit-") as name:
            environment = {"PATH": os.environ["PATH"], "DATA_DIR": name, "PORT": str(free_port()), **FIT, **changed}
            told += all(_is_refused(command, environment) for command in ("doctor", "serve"))
    all_told = told == len(UNFIT)
    return Finding("servers that cannot work: told by doctor and start in words", f"{told} of {len(UNFIT)}", all_told)


def _is_refused(command: str, environment: Mapping[str, str]) -> bool:
    try:
        done = subprocess.run(
            [sys.executable, "manage.py", command],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=30,
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 1 and "Traceback" not in done.stderr


if __name__ == "__main__":
    print(*run(), sep="\n")
