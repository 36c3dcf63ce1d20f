"""Which files lie in a folder. What can't be looked into is said and never passed over in silence."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from urwkv_desktop.formats import pairing, suffixes
from urwkv_desktop.formats.source import natural_key
from urwkv_desktop.imaging import Message, Refusal

_SKIPPED_FOLDERS = {pairing.HIDDEN, "__macosx"}
_OPENING = Message("Opening this folder.")
_IMAGES = suffixes.IMAGE | set(suffixes.UNREAD) | {".gz"}


def listed(root: Path) -> tuple[list[str], dict[str, Refusal]]:
    """All files below root (relative, posix), and the sub-folders that can't be read, with the reason.

    Raises Refusal where root itself can't be.
    """
    if not root.is_dir():
        raise Refusal(tried=_OPENING, cause=Message("This folder does not exist."), cure=Message("Choose another one."))
    try:
        os.listdir(root)  # noqa: PTH208 - raises where a walk would pass over it
    except OSError as error:
        raise _unreadable(error, Message("Choose another one, or ask for the right to read it.")) from error
    closed: dict[str, Refusal] = {}

    def failed(error: OSError) -> None:
        name = Path(str(error.filename)).relative_to(root).as_posix()
        closed[name] = _unreadable(error, Message("Ask for the right to read it. Everything else opens."))

    return list(walk(root, failed)), closed


def walk(root: Path, failed: Callable[[OSError], None] | None = None) -> Iterator[str]:
    """Names of files, relative to root, posix. Linked folders are entered after all others, and none twice; a link to
    a folder around root is not entered. failed: told of each folder that can't be read."""
    around = {os.path.realpath(folder) for folder in Path(os.path.realpath(root)).parents}
    tops, seen = [root], set[str]()
    for top in tops:
        for folder, folders, names in os.walk(top, onerror=failed):
            place, here = os.path.realpath(folder), Path(folder)
            if place in seen or place in around:
                folders[:] = []
                continue
            seen.add(place)
            shown = sorted(name for name in folders
                           if not name.startswith(".") and name.casefold() not in _SKIPPED_FOLDERS)
            links = {name for name in shown if os.path.islink(here / name)}  # noqa: PTH114 - Path's raises
            tops += [here / name for name in shown if name in links]
            folders[:] = [name for name in shown if name not in links]
            prefix = "" if here == root else f"{here.relative_to(root).as_posix()}/"
            yield from (prefix + name for name in sorted(names, key=natural_key)
                        if not name.startswith(".") and _is_one(f"{folder}{os.sep}{name}"))


def may_be_image(path: Path) -> bool:
    """By its suffix, or by its content where that is DICOM's."""
    if path.suffix.lower() in suffixes.IMAGE or path.name.lower().endswith(".nii.gz"):
        return True
    try:
        with path.open("rb") as file:
            return file.read(132)[128:] == b"DICM"
    except OSError:
        return False


def _is_one(path: str) -> bool:
    """A file, or a link to nothing in whose place an image may have been."""
    if os.path.isfile(path):  # noqa: PTH113 - thousands of files, and a Path costs as much again
        return True
    place = Path(path)
    try:
        place.stat()
    except FileNotFoundError:
        suffix = place.suffix.lower()
        return place.is_symlink() and (suffix in _IMAGES or not suffix[1:].isalpha())
    except OSError:  # a folder that may be listed and not entered, a loop of links: opening it will say so
        return True
    return False  # a device, a pipe


def _unreadable(error: OSError, cure: Message) -> Refusal:
    cause = Message("This folder can't be read: {reason}.", reason=error.strerror or "unknown")
    return Refusal(tried=_OPENING, cause=cause, cure=cure)
