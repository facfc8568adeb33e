"""Lets a file in the server's home hang or break its network: the one fault that cannot be made from outside.

Python imports a module of this name at its start from PYTHONPATH, where only `faults.stuck` puts this folder.
"""

import os
import sys
import time
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from types import ModuleType
from typing import Any

ENGINE = "classifier.inference.engines.openvino"
HOME = Path(os.environ["DATA_DIR"])


class Injecting(Loader):
    def __init__(self, loader: Any) -> None:
        self._loader = loader

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        created: ModuleType | None = self._loader.create_module(spec)
        return created

    def exec_module(self, module: ModuleType) -> None:
        self._loader.exec_module(module)
        engine: Any = module.__dict__["OpenVinoEngine"]
        module.__dict__["OpenVinoEngine"] = type("OpenVinoEngine", (engine,), {"__init__": _with_faults(engine)})


class Finder(MetaPathFinder):
    def find_spec(self, name: str, path: Any = None, target: ModuleType | None = None) -> ModuleSpec | None:
        spec = PathFinder.find_spec(name, path, target) if name == ENGINE else None
        if spec is not None:
            spec.loader = Injecting(spec.loader)
        return spec


class Request:
    """OpenVINO's own, unless the file `stuck` or `broken` was there: then it hangs for ever, or fails."""

    def __init__(self, request: Any) -> None:
        self._request = request

    def __getattr__(self, name: str) -> Any:
        return getattr(self._request, name)

    def wait(self) -> None:
        if (HOME / "stuck").exists():
            time.sleep(3600)
        self._request.wait()
        if (HOME / "broken").exists():
            raise RuntimeError("injected")


def _with_faults(engine: Any) -> Any:
    def init(self: Any, compiled: Any, places: int) -> None:
        engine.__init__(self, compiled, places)
        for _ in range(places):
            place = self._idle.get()
            place.request = Request(place.request)
            self._idle.put(place)

    return init


sys.meta_path.insert(0, Finder())
