"""nginx, gunicorn and PostgreSQL as an operator has them, from the shipped files; on ports of their own."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.live.postgresql import postgresql
from benchmarks.live.processes import end
from benchmarks.live.server import LiveServer, free_port
from benchmarks.results import ROOT
from live.client import Client

PHOTOS_OF_NGINX = "/protected/"
SECRET = "a long word that nobody guesses, as far as a trial goes"  # noqa: S105
NGINX_GROUP = "www-data"
MAIN = """\
{user}
pid {folder}/nginx.pid;
error_log {folder}/nginx-error.log;
events {{ worker_connections 768; }}
http {{
    include /etc/nginx/mime.types;
    access_log {folder}/nginx-access.log;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    include {folder}/photos.conf;
}}
"""
"""What Debian has in /etc/nginx/nginx.conf, with the files of this trial."""


@dataclass
class Stack:
    """A prepared server's data, and what runs on it."""

    folder: Path
    app: LiveServer
    https_port: int
    http_port: int
    processes: ExitStack
    gunicorn: "subprocess.Popen[bytes] | None" = None
    files: dict[str, str] = field(default_factory=dict)

    @property
    def client(self) -> Client:
        return Client(self.https_port, self.folder / "certificate.pem")

    @property
    def log(self) -> str:
        return (self.folder / "gunicorn.log").read_text()

    def start_gunicorn(self, *options: str) -> None:
        """Starts it, and returns at once."""
        command = [sys.executable, "-m", "gunicorn", "--config", str(ROOT / "deploy/gunicorn.conf.py"), *options]
        with (self.folder / "gunicorn.log").open("ab") as log:
            self.gunicorn = subprocess.Popen(
                command, cwd=ROOT, env=self.app.whole_environment, stdout=log, stderr=log, start_new_session=True
            )
        self.processes.callback(end, self.gunicorn)

    def stop_gunicorn(self) -> tuple[int, float]:
        """Ends it as systemd would; its exit status, and the seconds that took."""
        if self.gunicorn is None:
            raise RuntimeError("Gunicorn was not started.")
        began = time.monotonic()
        self.gunicorn.send_signal(signal.SIGTERM)
        return self.gunicorn.wait(60), time.monotonic() - began

    def move_below(self, path: str) -> None:
        """The same server below a path: the setting, nginx rendered anew with it, and reloaded."""
        self.app.environment = {**self.app.environment, "FORCE_SCRIPT_NAME": path}
        (self.folder / "photos.conf").write_text(self._rendered(FORCE_SCRIPT_NAME=path))
        os.kill(int((self.folder / "nginx.pid").read_text()), signal.SIGHUP)

    def start_nginx(self) -> None:
        (self.folder / "photos.conf").write_text(self._rendered())
        user = f"user {NGINX_GROUP};" if os.getuid() == 0 else ""
        (self.folder / "nginx.conf").write_text(MAIN.format(user=user, folder=self.folder))
        command = ["nginx", "-p", str(self.folder), "-c", str(self.folder / "nginx.conf"), "-g", "daemon off;"]
        self.processes.callback(end, subprocess.Popen(command, stderr=subprocess.DEVNULL))

    def _rendered(self, **others: str) -> str:
        values = {
            "SERVER_NAME": "localhost",
            "UPSTREAM": f"127.0.0.1:{self.app.port}",
            "TLS_CERTIFICATE": str(self.folder / "certificate.pem"),
            "TLS_KEY": str(self.folder / "key.pem"),
            "MEDIA_DIR": str(self.app.media),
            "HTTP_PORT": str(self.http_port),
            "HTTPS_PORT": str(self.https_port),
            "PATH": os.environ["PATH"],
            **others,
        }
        return subprocess.check_output([ROOT / "deploy/nginx/render"], env=values, text=True)


@contextmanager
def prepared() -> Iterator[Stack]:
    """A new server's data, PostgreSQL and nginx; gunicorn is started by whoever tries it."""
    folder = Path(tempfile.mkdtemp(prefix="live-stack-"))
    folder.chmod(0o755)  # nginx's workers are another user
    with ExitStack() as processes:
        processes.callback(shutil.rmtree, folder, ignore_errors=True)
        url, port = processes.enter_context(postgresql()), free_port()
        environment = {
            "DEBUG": "0",
            "SECRET_KEY": SECRET,
            "ALLOWED_HOSTS": "localhost",
            "BEHIND_TLS_PROXY": "1",
            "DATABASE_URL": url,
            "PORT": str(port),
            "CLASSIFIER_X_ACCEL_PREFIX": PHOTOS_OF_NGINX,
            "LOG_FORMAT": "json",
        }
        app = LiveServer(folder / "var", environment, port=port)
        _make_certificate(folder)
        _prepare(app)
        stack = Stack(folder, app, free_port(), free_port(), processes)
        stack.start_nginx()
        yield stack


def _prepare(app: LiveServer) -> None:
    app.manage("collectstatic", "--noinput", "--verbosity", "0")
    app.prepare()
    app.media.mkdir(exist_ok=True)
    if os.getuid() == 0:  # as docs/going-live.md has it: nginx reads by its group
        shutil.chown(app.media, group=NGINX_GROUP)
        app.media.chmod(0o2750)


def _make_certificate(folder: Path) -> None:
    """Signed by itself, and trusted by the clients of this trial alone."""
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost"]
    command += ["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
    command += ["-keyout", str(folder / "key.pem"), "-out", str(folder / "certificate.pem")]
    subprocess.run(command, check=True, capture_output=True)
