"""What a process with all its children costs: CPU seconds and memory, read from /proc (Linux)."""

import contextlib
import os
import signal
import subprocess
import time
from pathlib import Path

_TICKS_PER_S = os.sysconf("SC_CLK_TCK")
_STATE, _PARENT, _FIRST_TIME, _LAST_TIME = 0, 1, 11, 15
"""Places in /proc/PID/stat after the name: state, parent, then CPU times: own and of children that have ended."""


def cpu_s(root: int) -> float:
    """CPU seconds of a process and all its descendants, those that have ended too."""
    return sum(_times_s(pid) for pid in tree(root))


def memory_mib(root: int) -> float:
    """Memory of a process and its descendants; pages that they share count once (PSS)."""
    return sum(_pss_kib(pid) for pid in tree(root)) / 1024


def resident_mib(pid: int) -> float:
    """What `ps` shows as RSS: the memory that is the process's own or shared."""
    return _status_mib(pid, "VmRSS")


def peak_mib(pid: int) -> float:
    """The most of it since `forget_peak`."""
    return _status_mib(pid, "VmHWM")


def forget_peak(pid: int) -> None:
    Path(f"/proc/{pid}/clear_refs").write_text("5")


def tree(root: int) -> list[int]:
    """A process and its descendants, parents first."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        fields = _stat(int(folder.name)) if folder.name.isdigit() else []
        if fields:
            children.setdefault(int(fields[_PARENT]), []).append(int(folder.name))
    found = [root]
    for pid in found:
        found.extend(children.get(pid, []))
    return found


def end(process: "subprocess.Popen[bytes]", *, timeout_s: float = 20) -> None:
    """Ends a process as an operator would; whatever of its descendants is left then is killed."""
    family = tree(process.pid)
    process.send_signal(signal.SIGTERM)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(timeout_s)
    until = time.monotonic() + 2
    while time.monotonic() < until and any(_is_alive(pid) for pid in family[1:]):
        time.sleep(0.05)
    for pid in family:
        if _is_alive(pid):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
    process.wait()


def _status_mib(pid: int, name: str) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name)) / 1024


def _stat(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _is_alive(pid: int) -> bool:
    fields = _stat(pid)
    return bool(fields) and fields[_STATE] != "Z"


def _times_s(pid: int) -> float:
    return sum(map(int, _stat(pid)[_FIRST_TIME:_LAST_TIME])) / _TICKS_PER_S


def _pss_kib(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
