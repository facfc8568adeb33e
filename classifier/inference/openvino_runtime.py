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

__all__ = ["opset", "ov"]
