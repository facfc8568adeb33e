"""OpenVINO without its telemetry: the one module that imports it, for everybody who runs or writes networks with it.

`import openvino` posts a lasting id to an analytics service and writes it into the home folder. OpenVINO goes without
when the package for it cannot be imported, so here it cannot; its documented opt-out is a file in the home folder.
"""

import sys

TELEMETRY = "openvino_telemetry"
for _module in [TELEMETRY, *(name for name in sys.modules if name.startswith(f"{TELEMETRY}."))]:
    sys.modules[_module] = None  # type: ignore[assignment]  # Python's way to say: not to be imported

import openvino as ov  # noqa: E402, TID251
import openvino.opset13 as opset  # noqa: E402, TID251
from openvino import passes  # noqa: E402, TID251

__all__ = ["core", "opset", "ov", "passes"]

core = ov.Core()
"""The one of this process, kept to its end.

The thread that first runs a network by a Core gets a stack for signals from it, which goes with that Core. Where two do
not end in the opposite order, their thread is left with one that is gone, and whatever signal it meets, Ctrl-C or
SIGTERM, ends the process by SIGSEGV (seen with OpenVINO 2026.4.1; there the class is `SigAltStackSetup`).
"""
