"""docs/going-live.md, typed on a machine whose /etc, /srv and network are empty; systemd alone is played.

Run by `python -m live` in namespaces of its own (`unshare`), as root. What needs the network is not typed: the
packages of Debian and of Python are those of this machine.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.results import ROOT
from faults.finding import Finding

SECTION = "## From an empty machine to https"
HOME = Path("/srv/photos")
UNSHARE = ["unshare", "--mount", "--net", "--pid", "--fork", "--kill-child", "--mount-proc", "--propagation", "private"]
SYSTEMCTL = """\
#!/bin/bash
# Starts what a unit says, as the user that it says.
set -eu
value() { sed -n "s/^$1=//p" "/etc/systemd/system/$2"; }
case "$1 ${2:-}" in
"enable --now")
    for unit in "${@:3}"; do
        case $unit in *.timer) test -n "$(value OnCalendar "$unit")"; continue;; esac
        cd "$(value WorkingDirectory "$unit")"
        runuser -u "$(value User "$unit")" -- $(value ExecStartPre "$unit")
        runuser -u "$(value User "$unit")" -- $(value ExecStart "$unit") >/srv/photos.log 2>&1 &
    done;;
"reload nginx.service") nginx;;
*) echo "not played: $*" >&2; exit 1;;
esac
"""


def walk() -> list[Finding]:
    """As root with the right to make namespaces; elsewhere it is not tried."""
    promise = "docs/going-live.md, from an empty machine to https"
    if os.getuid() or subprocess.run([*UNSHARE, "true"], capture_output=True, check=False).returncode:
        return [Finding(promise, "not tried: this is not root, or may not unshare", is_kept=None)]
    with tempfile.TemporaryDirectory() as folder:
        copied = Path(folder) / "photos"
        _copy(copied)
        command = [*UNSHARE, sys.executable, "-m", "live.walk", str(copied)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    told = done.stdout.strip().splitlines()[-1:] or [done.stderr.strip()[-300:]]
    return [Finding(promise, told[0], is_kept=done.returncode == 0)]


def lines() -> tuple[str, str]:
    """What is typed, and what is printed at the end."""
    text = (ROOT / "docs/going-live.md").read_text().partition(SECTION)[2].partition("\n## ")[0]
    return "".join(re.findall(r"^```sh\n(.*?)^```$", text, re.M | re.S)), "".join(
        re.findall(r"^```json\n(.*?)^```$", text, re.M | re.S)
    )


def main() -> None:
    """In the namespaces."""
    _empty_the_machine(Path(sys.argv[1]))
    typed, printed = lines()
    environment = {"PATH": f"/srv/shims:{os.environ['PATH']}", "HOME": "/root"}
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", typed], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"{done.stderr[-1500:]} {Path('/srv/photos.log').read_text()[-1500:]}")
    answer, wanted = json.loads(done.stdout.splitlines()[-1]), json.loads(printed)
    if answer.keys() != wanted.keys() or (answer["status"], answer["warnings"]) != ("ok", []):
        sys.exit(done.stdout)
    print(f"{len(typed.splitlines())} lines, {answer['model']['name']} serves")


def _copy(folder: Path) -> None:
    """What `git clone` brings; its virtual environment is this one."""
    for file in subprocess.check_output(["git", "ls-files", "-z"], cwd=ROOT, text=True).split("\0"):
        if file and (ROOT / file).is_file():
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / file, folder / file)
    (folder / ".venv").symlink_to(Path(sys.prefix))


def _empty_the_machine(copied: Path) -> None:
    def run(*command: str) -> None:
        subprocess.run(command, check=True)

    etc = copied.parent / "etc"
    shutil.copytree("/etc", etc, symlinks=True)
    run("mount", "--bind", str(etc), "/etc")
    for folder in ("/srv", "/var/log", "/var/backups", "/run", "/var/lib/nginx"):
        run("mount", "-t", "tmpfs", "none", folder)
    run("sh", "-c", f"cp -a {copied} /srv/photos && mkdir -p /srv/shims /var/log/nginx && chown -R root: /srv/photos")
    if Path(sys.base_prefix).is_relative_to("/root"):  # where others may not look
        run("mount", "--bind", sys.base_prefix, "/mnt")
        run("mount", "-t", "tmpfs", "-o", "mode=755", "none", "/root")
        Path(sys.base_prefix).mkdir(parents=True)
        run("mount", "--bind", "/mnt", sys.base_prefix)
    shim = Path("/srv/shims/systemctl")
    shim.write_text(SYSTEMCTL)
    shim.chmod(0o755)
    run("ip", "link", "set", "lo", "up")


if __name__ == "__main__":
    main()
