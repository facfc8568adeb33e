"""Google's Lighthouse on the pages: its scores, what a phone on a slow line waits for, and what is sent to it."""

import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.live.chromium import ARGUMENTS, CHROMIUM
from benchmarks.live.server import LiveServer, free_port, serving
from benchmarks.results import Promise, parser_of, write_result
from benchmarks.samples import FOLDER, photo

VERSION = "12.8.2"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
LEAST = {"performance": 90, "accessibility": 100, "best-practices": 90}
"""Points of 100. What search engines like (`seo`) matters on the start page alone, and is printed for all."""
DEVICES = {"phone": (), "desktop": ("--preset=desktop",)}
"""Lighthouse's own: a phone of the middle class with 1.6 Mbit/s and 150 ms, and a desktop on a good line."""
NAME = PASSWORD = "demo"  # noqa: S105  # the demo account's
PHOTOS = 60
"""More than the history shows at once."""
OPEN = {"start, signed out": "/", "sign-in": "/sign-in/"}
OWN = {
    "start": "/",
    "history": "/predictions/",
    "prediction": "/predictions/{key}/",
    "model": "/model/",
    "account": "/account/",
}


@dataclass(frozen=True, slots=True)
class Audit:
    """What Lighthouse says of a page: points of 100; ms; and KiB, photos among them."""

    page: str
    device: str
    scores: dict[str, int]
    largest_paint_ms: float
    blocked_ms: float
    shift: float
    kib: float


def main() -> None:
    parser = parser_of("lighthouse", __doc__)
    options = parser.parse_args()
    if not CHROMIUM or not shutil.which("npm"):
        parser.error("needs Chromium, Node.js and npm")
    program = lighthouse()
    with tempfile.TemporaryDirectory() as folder:
        server = LiveServer(Path(folder))
        server.prepare()
        server.manage("ensure_demo_account")
        with serving(server):
            audits = list(look_at_all(program, server))
    columns = "".join(f"{name:>16}" for name in CATEGORIES)
    print(f"{'page':20}{'on a':9}{columns}{'painted, ms':>13}{'blocked, ms':>13}{'shift':>8}{'KiB':>8}")
    for one in audits:
        scores = "".join(f"{one.scores[name]:16}" for name in CATEGORIES)
        figures = f"{one.largest_paint_ms:13.0f}{one.blocked_ms:13.0f}{one.shift:8.3f}{one.kib:8.0f}"
        print(f"{one.page:20}{one.device:9}{scores}{figures}")
    for name, least in LEAST.items():
        print(Promise(f"{name}, the lowest of all pages", min(one.scores[name] for one in audits), least))
    if options.save:
        pages = [{"page": one.page, "device": one.device, **one.scores, "kib": one.kib} for one in audits]
        write_result("lighthouse", {"lighthouse": VERSION, "pages": pages})


def look_at_all(program: Path, server: LiveServer) -> Iterator[Audit]:
    address = f"http://127.0.0.1:{server.port}"
    answer = server.request(
        "POST", "/api/v1/auth/login/", json.dumps({"username": NAME, "password": PASSWORD}).encode()
    )
    server.token = answer.json()["token"]
    key = store_photos(server)
    with browser() as (port, page):
        for name, path in OPEN.items():
            yield from look_at(program, port, name, address + path)
        page.goto(f"{address}/sign-in/")
        page.fill("main [name=username]", NAME)
        page.fill("main [name=password]", PASSWORD)
        with page.expect_navigation():
            page.press("main [name=password]", "Enter")
        for name, path in OWN.items():
            yield from look_at(program, port, name, address + path.format(key=key))


@contextmanager
def browser() -> Iterator[tuple[int, Any]]:
    """A browser that keeps who signed in, for Lighthouse to ask by that port; and a page of it."""
    from playwright.sync_api import sync_playwright

    port = free_port()
    arguments = [*ARGUMENTS, f"--remote-debugging-port={port}"]
    with tempfile.TemporaryDirectory() as profile, sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(profile, executable_path=CHROMIUM, args=arguments)
        yield port, context.new_page()
        context.close()


def look_at(program: Path, port: int, name: str, url: str) -> Iterator[Audit]:
    for device, arguments in DEVICES.items():
        yield _read(name, device, report_of(program, port, url, *arguments))


def lighthouse() -> Path:
    """The program; installed on first use."""
    home = FOLDER / "lighthouse"
    program = home / "node_modules/.bin/lighthouse"
    if not program.exists():
        home.mkdir(parents=True, exist_ok=True)
        package = f"lighthouse@{VERSION}"
        subprocess.run(
            ["npm", "install", "--loglevel=error", "--no-fund", "--no-audit", "--prefix", home, package], check=True
        )
    return program


def store_photos(server: LiveServer) -> str:
    """Sends photos; returns the key of the last one's prediction."""
    original, key = photo("1024").read_bytes(), ""
    for number in range(PHOTOS):  # what follows a picture's end is no part of it
        key = server.upload(original + number.to_bytes(2)).json()["id"]
    return key


def report_of(program: Path, port: int, url: str, *arguments: str) -> dict[str, Any]:
    """Raises RuntimeError when the page was not there."""
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        options = ["--quiet", "--output=json", f"--output-path={file.name}", f"--port={port}"]
        categories = f"--only-categories={','.join(CATEGORIES)}"
        subprocess.run([program, url, *options, categories, *arguments], check=True)
        report: dict[str, Any] = json.load(file)
    if report.get("runtimeError") or report["finalDisplayedUrl"] != url:
        raise RuntimeError(f"{url}: {report.get('runtimeError') or report['finalDisplayedUrl']}")
    return report


def _read(page: str, device: str, report: dict[str, Any]) -> Audit:
    scores = {name: round(100 * report["categories"][name]["score"]) for name in CATEGORIES}
    values = {name: audit.get("numericValue", 0) for name, audit in report["audits"].items()}
    return Audit(
        page=page,
        device=device,
        scores=scores,
        largest_paint_ms=values["largest-contentful-paint"],
        blocked_ms=values["total-blocking-time"],
        shift=values["cumulative-layout-shift"],
        kib=values["total-byte-weight"] / 1024,
    )


if __name__ == "__main__":
    main()
