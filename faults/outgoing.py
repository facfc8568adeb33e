"""What leaves the machine, and what lands in the home folder, that nobody asked for: nothing."""

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.live.photos import photo
from benchmarks.live.server import LiveServer, serving
from benchmarks.results import ROOT
from faults.finding import Finding

WATCH = Path(__file__).with_name("watched")
MAKE_KERAS_FILES = """
import sys
from classifier.inference.engines.keras_home import importing_keras
from classifier.inference.engines.tensorflow_log import import_tensorflow
import_tensorflow()
import keras
with importing_keras():
    import tf_keras
for library, name in (keras, "of_keras_3.keras"), (tf_keras, "of_keras_2.h5"):
    layers = library.layers
    network = [layers.Input((8, 8, 3)), layers.Flatten(), layers.Dense(2, activation="softmax")]
    library.Sequential(network).save(f"{sys.argv[1]}/{name}")
"""
FOREIGN = re.compile(r"sin6?_port=htons\((\d+)\).*?(?:inet_addr\(|inet_pton\(AF_INET6, )\"([^\"]+)\"")
DNS_PORT = 53


@dataclass(frozen=True, slots=True)
class Traces:
    """Look-ups and connections beyond loopback as Python's sockets saw them, and files in the home folder."""

    outgoing: list[str]
    in_home: list[str]


def run() -> list[Finding]:
    with tempfile.TemporaryDirectory() as folder:
        system_calls = Path(folder) / "calls"
        strace = shutil.which("strace")
        tracer = [
            strace or "",
            "-f",
            "--seccomp-bpf",
            "-qq",
            "-e",
            "trace=connect,sendto,sendmsg,sendmmsg",
            "-o",
            str(system_calls),
        ]
        command = [sys.executable, "-m", "faults.outgoing", "--journey", folder]
        done = subprocess.run([*(tracer if strace else []), *command], cwd=ROOT, stdout=subprocess.PIPE, check=True)
        traces = Traces(**json.loads(done.stdout))
        native = foreign_calls(system_calls.read_text()) if strace else []
    everything = sorted({*traces.outgoing, *native})
    return [
        Finding(
            "start, upload, classify, doctor, install_model: nothing leaves",
            f"{len(everything)} connections beyond loopback"
            f"{', system calls included' if strace else ' by Python; no strace here'} {everything[:3] or ''}",
            not everything,
        ),
        Finding("the same: files in the home folder", f"{len(traces.in_home)} {traces.in_home}", not traces.in_home),
    ]


def journey(folder: Path) -> Traces:
    """What an operator does from a new data folder on, under watch, with networks in local files.

    Raises CommandFailedError or RuntimeError when a step fails.
    """
    home, log = folder / "home", folder / "outgoing"
    home.mkdir(parents=True)
    log.touch()
    environment = {"HOME": str(home), "PYTHONPATH": str(WATCH), "WATCHED_LOG": str(log)}
    server = LiveServer(folder / "data", environment)
    (folder / "photo.jpg").write_bytes(photo(1))
    (folder / "labels.txt").write_text("cat\ndog\n")
    server.run("-c", MAKE_KERAS_FILES, str(folder))
    server.manage("migrate", "--verbosity", "0")
    for file in ("of_keras_2.h5", "of_keras_3.keras"):
        server.manage("install_model", str(folder / file), "--labels", str(folder / "labels.txt"), "--activate")
    (server.token,) = server.make_tokens(1)
    with serving(server):
        if (answer := server.upload(photo(0))).status != 201:
            raise RuntimeError(answer.body.decode())
    server.manage("classify", str(folder / "photo.jpg"))
    server.manage("doctor")
    in_home = [str(path.relative_to(home)) for path in sorted(home.rglob("*")) if path.is_file()]
    return Traces(log.read_text().splitlines(), in_home)


def foreign_calls(trace: str) -> list[str]:
    """Of system calls as strace writes them, those to addresses beyond loopback or to a resolver anywhere."""
    calls = FOREIGN.findall(trace)
    return [
        f"{address} port {port}"
        for port, address in calls
        if int(port) == DNS_PORT or not (address.startswith("127.") or address == "::1")
    ]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--journey", type=Path, metavar="FOLDER", help="go through it once, and print the traces")
    if chosen := parser.parse_args().journey:
        print(json.dumps(asdict(journey(chosen))))
    else:
        print(*run(), sep="\n")
