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
from concurrent.futures import ThreadPoolExecutor
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
FIT = {"DEBUG": "0", "SECRET_KEY": SECRET, "ALLOWED_HOSTS": "photos.example.org", "BEHIND_TLS_PROXY": "1"}
UNFIT: tuple[tuple[dict[str, str], str], ...] = (
    ({"SECRET_KEY": ""}, "SECRET_KEY is not set. Make one:"),
    ({"SECRET_KEY": "x"}, "SECRET_KEY can be guessed. Make another:"),
    ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS is empty"),
    ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS is '*'"),
    ({"BEHIND_TLS_PROXY": "0"}, "Set BEHIND_TLS_PROXY=1"),
    ({"PORT": "abc"}, "PORT is 'abc'"),
    ({"DATABASE_URL": "mysql://ada:x@db/photos"}, "DATABASE_URL names no database that is supported"),
    ({"DATA_DIR": "new"}, "Run manage.py migrate"),
)
"""What makes a server that would work one that cannot, and what both the doctor and the start have to say."""


def run() -> list[Finding]:
    with _new_machine() as folder:
        lines = re.search(r"^## Go live\n.*?^```sh\n(.*?)^```$", (folder / "README.md").read_text(), re.M | re.S)
        if lines is None:
            raise RuntimeError("The README has no lines for going live.")
        found = _behind_a_proxy(folder, lines[1])
        (folder / ".env").write_text(f"SECRET_KEY={SECRET}\nPLAIN_HTTP=1\n")
        found += [_over_plain_http(folder), _development_on_a_network(folder)]
        (folder / ".env").unlink()
        found.append(_unfit(folder))
    return found


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


def _development_on_a_network(folder: Path) -> Finding:
    """`HOST=0.0.0.0 make run` lets phones in; what an error shows them is no code and no setting."""
    port = free_port()
    with _typed("DEBUG=1 HOST=0.0.0.0 make run", folder, port):
        _wait_until_ready(port, {})
        answer = client.request(port, "GET", "/nothing/", headers={"Accept": "text/html"})
    shown = sum(word in answer.body for word in (b"URLconf", b"DEBUG", b"classifier_project"))
    return Finding("HOST=0.0.0.0 make run: words of a debug page on one that is missing", f"{shown}", shown == 0)


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


def _unfit(folder: Path) -> Finding:
    """Neither the doctor nor the start may say that all is well, or show a traceback."""
    tried = [(command, changed, told) for command in ("doctor", "serve") for changed, told in UNFIT]
    with ThreadPoolExecutor(2) as pool:
        plain = sum(pool.map(lambda one: _is_told(folder, *one), tried))
    return Finding(
        "servers that cannot work: told by doctor and start, with what to do",
        f"{plain} of {len(tried)}",
        plain == len(tried),
    )


def _is_told(folder: Path, command: str, changed: Mapping[str, str], told: str) -> bool:
    environment = {"PATH": os.environ["PATH"], **FIT, **changed}
    program = [sys.executable, "manage.py", command]
    try:
        done = subprocess.run(
            program, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=60
        )
    except subprocess.TimeoutExpired:
        return False
    said = done.stdout + done.stderr
    return done.returncode == 1 and told in said and "Traceback" not in said


if __name__ == "__main__":
    print(*run(), sep="\n")
