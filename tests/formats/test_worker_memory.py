"""A decode worker whose memory the system does not bound, as on macOS and Windows, is watched by the asking process."""

import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.formats.builders import dicom_bytes, ramp, save
from urwkv_desktop.formats import process_memory
from urwkv_desktop.formats.limits import Limits
from urwkv_desktop.formats.process_memory import MemoryWatch, held_by
from urwkv_desktop.formats.source import SourceKind
from urwkv_desktop.formats.worker import DecodeWorker

WATCHED = Limits(is_watched=True, spare_bytes=100 << 20, seconds=60)


@pytest.fixture
def worker() -> Iterator[DecodeWorker]:
    worker = DecodeWorker(WATCHED)
    yield worker
    worker.close()


def swollen(path: Path, size: int) -> Path:
    """A picture's beginning and then nothing, as far as the file system cares; read as a whole it takes its size."""
    save(path.with_suffix(".png"), ramp(8, 8))
    path.with_suffix(".png").rename(path)
    with path.open("r+b") as file:
        file.truncate(size)
    return path


def test_a_file_that_takes_too_much_is_refused_alone(worker: DecodeWorker, tmp_path: Path) -> None:
    files = [save(tmp_path / "a.png", ramp(4, 5)), swollen(tmp_path / "b.png", 900 << 20),
             save(tmp_path / "c.png", ramp(4, 5))]
    found = {source.title: source for source in worker.index(tmp_path, files)}
    assert {title for title, source in found.items() if source.kind is SourceKind.image} == {"a", "c"}
    assert "far more memory than its size explains" in str(found["b"].refusal)
    assert worker.read(tmp_path, found["a"]).shape == (1, 4, 5)


def test_what_pixels_explain_may_be_taken(worker: DecodeWorker, tmp_path: Path) -> None:
    (tmp_path / "a.dcm").write_bytes(dicom_bytes(np.zeros((60, 1500, 1500), np.uint8)))  # 135 MB, and its copies
    source, = worker.index(tmp_path)
    assert worker.read(tmp_path, source).shape == (60, 1500, 1500)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_watched_process_has_no_bound_of_its_own(worker: DecodeWorker, tmp_path: Path) -> None:
    save(tmp_path / "a.png", ramp(4, 5))
    worker.index(tmp_path)
    line, = (line for line in Path(f"/proc/{worker.pid}/limits").read_text().splitlines() if "address space" in line)
    bounded = DecodeWorker(replace(WATCHED, is_watched=False))
    bounded.index(tmp_path)
    other, = (line for line in Path(f"/proc/{bounded.pid}/limits").read_text().splitlines() if "address space" in line)
    bounded.close()
    assert line.split()[3] == "unlimited"
    assert other.split()[3] != "unlimited"


def test_the_figure_is_the_system_s_own() -> None:
    psutil = pytest.importorskip("psutil")
    here = held_by(os.getpid())
    assert here is not None
    assert here == pytest.approx(psutil.Process().memory_info().rss, rel=0.1)
    assert process_memory._by_psutil(os.getpid()) == pytest.approx(here, rel=0.1)


def test_a_process_that_has_gone_is_not_over_its_limit() -> None:
    assert held_by(2**22 + 1) is None
    assert not MemoryWatch(2**22 + 1, 0).is_exceeded()
