"""`python -m deploy.ray.serve FOLDER ...`: these model versions serve, and no others.

New ones are started first; when all answer, those that are not named any more finish their photos and end. With
`--address` it changes a cluster that runs; without, it starts one on this machine and stays until it is ended.
"""

import argparse
import os
import signal
import sys
from pathlib import Path

import ray
from ray import serve

from classifier.inference.errors import ModelError
from classifier.inference.packaging.folders import verify
from classifier.inference.packaging.manifests import read_manifest
from deploy.ray.networks import application, directory, served

ROOT = Path(__file__).resolve().parents[2]
DIRECTORY = "directory"
IDLE_S = 75
"""How long a connection is kept for the next photo."""


def main() -> None:
    options = parse_options()
    ray.init(
        address=options.address or "local",
        logging_level="warning",
        log_to_driver=False,
        runtime_env={"env_vars": {"PYTHONPATH": str(ROOT)}},
        **({} if options.address else {"include_dashboard": False, "num_cpus": options.replicas_at_most}),
    )
    serve.start(http_options={"host": options.host, "port": options.port, "keep_alive_timeout_s": IDLE_S})
    try:
        serve_these(options)
    except (ModelError, RuntimeError) as error:
        sys.exit(f"{error}\nNothing else was changed: what served before serves on.")
    if not options.address:
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        signal.pause()


def parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m deploy.ray.serve", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER", help="an installed model folder")
    parser.add_argument(
        "--address", default=os.environ.get("RAY_ADDRESS", ""), help="of a Ray cluster: HOST:PORT, or auto"
    )
    parser.add_argument("--host", default="127.0.0.1", help="where to listen; 0.0.0.0 for other machines")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--min-replicas", type=int, default=1, metavar="N")
    parser.add_argument("--max-replicas", type=int, default=1, metavar="N", help="as many as there are cores or GPUs")
    parser.add_argument(
        "--replicas-at-most",
        type=int,
        metavar="N",
        help="of all versions, on this machine: as many as there are cores; while one takes over from another, "
        "both have theirs",
    )
    parser.add_argument("--engine", choices=("openvino", "keras"), default="openvino")
    parser.add_argument("--precision", choices=("f32", "bf16"), default="f32")
    parser.add_argument("--pinned", action="store_true", help="each replica keeps to a core of its own")
    return parser.parse_args()


def serve_these(options: argparse.Namespace) -> None:
    """Raises ModelError for a folder that is not whole, RuntimeError for a version that does not start."""
    wanted = []
    for folder in options.folders:
        verify(folder)
        manifest = read_manifest(folder)
        wanted.append((manifest.name, manifest.version))
    there = set(served())
    if DIRECTORY not in serve.status().applications:
        serve.run(directory(), name=DIRECTORY, route_prefix="/v2")
    for (name, version), folder in zip(wanted, options.folders, strict=True):
        if (name, version) in there:  # to run it again would start its replicas anew
            continue
        arguments = {
            "folder": str(folder.resolve()),
            "engine": options.engine,
            "precision": options.precision,
            "min_replicas": str(options.min_replicas),
            "max_replicas": str(options.max_replicas),
            "pinned": "1" if options.pinned else "",
        }
        path = f"/v2/models/{name}/versions/{version}"
        serve.run(application(arguments), name=f"{name}-{version}", route_prefix=path)
        print(f"{name}-{version} serves at {path}", flush=True)
    for name, version in there - set(wanted):
        serve.delete(f"{name}-{version}")
        print(f"{name}-{version} has ended", flush=True)


if __name__ == "__main__":
    main()
