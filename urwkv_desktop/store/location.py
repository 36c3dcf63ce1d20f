"""Where a project lies (STORE.md, first table)."""

import hashlib
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from urwkv_desktop.imaging import Message, Refusal

SUFFIX = ".urwkv"
_NETWORK_KINDS = frozenset({
    "nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afs", "ncpfs", "afpfs", "webdav", "davfs", "fuse.sshfs",
    "fuse.davfs", "fuse.rclone", "fuse.glusterfs", "glusterfs", "ceph", "lustre", "gpfs", "9p", "vboxsf",
})


@dataclass(frozen=True)
class Location:
    """project: the .urwkv file. root: the folder of the images; None for a project file, which knows it itself.

    note: for the start page, where the project file lies and why.
    """

    project: Path
    root: Path | None
    exists: bool
    note: Message


def locate(target: Path, data_dir: Path, *, project_file: Path | None = None) -> Location:
    """target: a folder of images or a project file. data_dir: where projects go that cannot lie beside their images.

    Raises Refusal where the target is neither.
    """
    target = Path(os.path.abspath(target))  # noqa: PTH100 - a link to a folder is that folder's name for the person
    if target.suffix == SUFFIX and not target.is_dir():
        if not target.is_file():
            raise _absent(target)
        return Location(target, None, True, Message("The project file is {file}.", file=target.name))
    if not target.is_dir():
        raise _absent(target)
    if project_file is not None:
        return Location(project_file, target, project_file.exists(),
                        Message("The project file is {file}.", file=project_file.name))
    return _beside_or_away(target, data_dir)


def find_project(target: Path, data_dir: Path) -> Path:
    """PROJECT of the shell: a project file, or a folder that has one. Raises Refusal where there is none."""
    location = locate(target, data_dir)
    if not location.exists:
        raise Refusal(tried=Message("Opening the project."),
                      cause=Message("{folder} has no project yet.", folder=target.name),
                      cure=Message("Open the folder in the window first, or name a .urwkv file."))
    return location.project


def away_name(folder: Path) -> str:
    """The name of the project in the data folder of a folder that cannot hold it."""
    return f"{folder.name or 'root'}-{hashlib.sha256(os.fsencode(folder)).hexdigest()[:8]}{SUFFIX}"


def can_write(folder: Path) -> bool:
    return os.access(folder, os.W_OK | os.X_OK)


def is_network(path: Path) -> bool:
    """Whether the path lies on a network mount, by its name (UNC) or its mount's type."""
    if sys.platform == "win32":
        return _is_network_on_windows(path)
    if sys.platform == "darwin":
        return False  # a guess: the type of a mount cannot be had there without a tool or ctypes
    mounts = Path("/proc/self/mounts")
    return mount_kind(path, mounts.read_text("utf-8", "replace") if mounts.exists() else "") in _NETWORK_KINDS


def mount_kind(path: Path, mounts: str) -> str:
    """The type of the mount that holds the path, by the lines of /proc/self/mounts; "" where none does."""
    best, kind = -1, ""
    place = Path(path).resolve()
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = Path(fields[1].replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\"))
        if (place == point or point in place.parents) and len(point.parts) >= best:
            best, kind = len(point.parts), fields[2]
    return kind


def _beside_or_away(folder: Path, data_dir: Path) -> Location:
    beside = folder / f"{folder.name or 'root'}{SUFFIX}"
    if beside.exists():
        return Location(beside, folder, True, Message("The project file lies in the folder: {file}.", file=beside.name))
    away = data_dir / away_name(folder)
    if away.exists():
        return Location(away, folder, True, Message("The project file lies in your data folder: {file}.",
                                                    file=away.name))
    if can_write(folder) and not is_network(folder):
        return Location(beside, folder, False, Message("The project file will lie in the folder: {file}.",
                                                       file=beside.name))
    return Location(away, folder, False, Message("The folder cannot hold the project file, which will lie in your "
                                                 "data folder: {file}.", file=away.name))


def _absent(target: Path) -> Refusal:
    return Refusal(tried=Message("Opening {name}.", name=target.name),
                   cause=Message("There is no folder and no project called {name} there.", name=target.name),
                   cure=Message("Choose a folder of images or a .urwkv file."))


def _is_network_on_windows(path: Path) -> bool:
    import ctypes

    drive = Path(os.path.abspath(path)).drive  # noqa: PTH100
    if drive.startswith("\\\\"):
        return True
    kinds = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
    return bool(kinds.GetDriveTypeW(drive + "\\") == 4)  # DRIVE_REMOTE
