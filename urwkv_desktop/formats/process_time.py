"""How long another process has computed: by that a decoder that hangs is told from one that a busy machine holds up."""

import os
from pathlib import Path

from urwkv_desktop.formats.process_memory import asked

_PROC = Path("/proc/self/stat")
_USER, _SYSTEM = 11, 12  # of the fields behind the command's closing bracket, proc(5)


def computed_by(pid: int) -> float | None:
    """Seconds of processor time of all its threads; None where the process has gone, or nothing here can tell."""
    if _PROC.exists():
        try:
            fields = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()
            return (int(fields[_USER]) + int(fields[_SYSTEM])) / os.sysconf("SC_CLK_TCK")
        except (OSError, IndexError):
            return None
    return asked(pid, lambda process: float(sum(process.cpu_times()[:2])))  # user, system
