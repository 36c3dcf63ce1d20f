"""The decode worker's bounds: what the window opens, the shell opens too. And its start ahead of everything else."""

import os
from collections.abc import Callable
from itertools import islice
from pathlib import Path

from urwkv_desktop.formats.limits import Limits
from urwkv_desktop.formats.worker import DecodeWorker
from urwkv_desktop.store.location import locate
from urwkv_desktop.workflow import settings
from urwkv_desktop.workflow.places import Places

__all__ = ["DecodeWorker", "decode_worker", "limits_of", "worker_ahead"]
_LOOKED_AT = 8  # files, before a folder is taken for one without DICOM


def limits_of(stored: settings.Settings) -> Limits:
    return Limits(picture_bytes=stored.limits.picture_mib << 20, volume_share=stored.limits.volume_percent / 100)


def decode_worker(places: Places) -> DecodeWorker:
    """Bounded as the person's settings say."""
    stored, _ = settings.load(places.settings_file)
    return DecodeWorker(limits_of(stored))


def worker_ahead(target: Path, stored: settings.Settings, run: Callable[[str, Callable[[], None]], object], *,
                 places: Places, project_file: Path | None = None) -> DecodeWorker:
    """For what a window opens first: its process gets ready while the rest of the program is still being loaded.

    A folder of DICOM that has no project yet is looked through, and its first image read, in that time too.
    """
    target = Path(os.path.abspath(target.expanduser()))  # noqa: PTH100 - as the project is opened later
    holds = _holds_dicom(target)
    worker = DecodeWorker(limits_of(stored), for_dicom=holds)
    worker.start(run)
    if holds and target.is_dir() and target != places.samples and not locate(
            target, places.data, project_file=project_file).exists:
        worker.look_ahead(target, run)
    return worker


def _holds_dicom(target: Path) -> bool:
    """As far as one of the first files says so; only time depends on it."""
    files = ((Path(folder, name) for folder, _, names in os.walk(target) for name in names)
             if target.is_dir() else (target,))
    return any(_is_dicom(path) for path in islice(files, _LOOKED_AT))


def _is_dicom(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(132)[128:] == b"DICM"
    except OSError:
        return False
