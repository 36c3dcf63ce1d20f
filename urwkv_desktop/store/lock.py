"""NAME.urwkv.lock: who writes. pid, host and a heartbeat, which is the time of the file's last change."""

import contextlib
import getpass
import json
import os
import platform
import secrets
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

YOUNG_SECONDS = 10.0


@dataclass(frozen=True)
class Holder:
    """The window that writes. token: made anew for each; it stands in the project file too."""

    pid: int
    host: str
    user: str
    token: str


class Lock:
    """Taken by `take`; `beat` now and then; `release` at the end."""

    def __init__(self, project: Path) -> None:
        self.path = project.with_name(project.name + ".lock")
        self.mine = Holder(os.getpid(), platform.node(), _user(), secrets.token_hex(16))

    def holder(self) -> Holder | None:
        """Who holds it: None where nobody does. A file that cannot be understood counts as held while it is young."""
        try:
            said = json.loads(self.path.read_text("utf-8"))
            return Holder(int(said["pid"]), str(said["host"]), str(said["user"]), str(said["token"]))
        except FileNotFoundError:
            return None
        except (ValueError, KeyError, TypeError):
            return Holder(0, "", "", "")

    def is_alive(self, holder: Holder) -> bool:
        """A pid that is dead on this host is not asked about; otherwise the heartbeat says it."""
        if holder.host == platform.node() and holder.pid and not _runs(holder.pid):
            return False
        try:
            age = time.time() - self.path.stat().st_mtime
        except FileNotFoundError:
            return False
        return age < YOUNG_SECONDS

    def take(self, *, over: bool = False) -> Holder | None:
        """None where it is ours now; otherwise who has it. over: the person was asked, and wants it.

        Raises OSError where the folder cannot be written.
        """
        text = json.dumps(asdict(self.mine))
        if self._make(text):
            return None
        holder = self.holder()
        if holder is not None and not over and self.is_alive(holder):
            return holder
        beside = self.path.with_name(f"{self.path.name}.{self.mine.token[:8]}")
        beside.write_text(text, "utf-8")
        beside.replace(self.path)
        return None

    def beat(self) -> None:
        with contextlib.suppress(OSError):
            os.utime(self.path)

    def release(self) -> None:
        """Only where it is still ours."""
        holder = self.holder()
        if holder is not None and holder.token == self.mine.token:
            with contextlib.suppress(OSError):
                self.path.unlink()

    def _make(self, text: str) -> bool:
        try:
            with self.path.open("x", encoding="utf-8") as file:
                file.write(text)
        except FileExistsError:
            return False
        return True


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def _runs(pid: int) -> bool:
    if sys.platform == "win32":
        return _runs_on_windows(pid)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _runs_on_windows(pid: int) -> bool:
    """os.kill would end the process there."""
    import ctypes

    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
    handle = kernel.OpenProcess(0x1000, False, pid)  # PROCESS_QUERY_LIMITED_INFORMATION
    if not handle:
        return False
    code = ctypes.c_ulong()
    kernel.GetExitCodeProcess(handle, ctypes.byref(code))
    kernel.CloseHandle(handle)
    return code.value == 259  # STILL_ACTIVE
