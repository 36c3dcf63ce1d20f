"""The decode worker: a process of its own, bounded, that dies alone."""

import multiprocessing.spawn
import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Thread, Timer
from typing import ClassVar

import numpy as np
import pytest

from tests.formats.builders import dicom_bytes, nifti, png_bytes, ramp, save, slices
from urwkv_desktop.formats.limits import Limits, Room
from urwkv_desktop.formats.reading import index, read
from urwkv_desktop.formats.source import Source, SourceKind
from urwkv_desktop.formats.worker import DecodeWorker
from urwkv_desktop.imaging import Refusal

linux = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


@pytest.fixture(scope="module")
def shared_worker() -> Iterator[DecodeWorker]:
    worker = DecodeWorker()
    yield worker
    worker.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    save(tmp_path / "a.png", ramp(40, 30))
    save(tmp_path / "b.png", np.dstack([ramp(8, 9), ramp(8, 9)[::-1], ramp(8, 9)]))
    slices(tmp_path / "ct", [0, 1, 2])
    nifti(tmp_path / "v.nii.gz", np.arange(24, dtype=np.float32).reshape(2, 3, 4))
    return tmp_path


def by_title(sources: list[Source]) -> dict[str, Source]:
    return {source.title: source for source in sources}


def test_images_come_back_as_they_are_read_here(shared_worker: DecodeWorker, folder: Path) -> None:
    from urwkv_desktop.formats.reading import read

    sources = shared_worker.index(folder)
    assert [source.title for source in sources] == ["a", "b", "ct", "v"]
    for source in sources:
        there, here = shared_worker.read(folder, source), read(folder, source)
        assert np.array_equal(there.pixels, here.pixels)
        assert there.pixels.dtype == here.pixels.dtype
        assert (there.slope, there.identity, dict(there.caption)) == (here.slope, here.identity, dict(here.caption))
        assert np.array_equal(there.geometry.positions, here.geometry.positions)


def test_pixels_are_read_only_and_outlive_the_worker(folder: Path) -> None:
    worker = DecodeWorker()
    image = worker.read(folder, by_title(worker.index(folder))["a"])
    worker.close()
    assert np.array_equal(image.pixels[0], ramp(40, 30))
    with pytest.raises(ValueError, match="read-only"):
        image.pixels[0, 0, 0] = 1
    with pytest.raises(ValueError, match="WRITEABLE"):
        image.pixels.flags.writeable = True


def test_mask_beside_an_image_comes_back(shared_worker: DecodeWorker, tmp_path: Path) -> None:
    save(tmp_path / "images" / "a.png", ramp(6, 5))
    truth = (ramp(6, 5) > 100).astype(np.uint8)
    save(tmp_path / "masks" / "a.png", truth * np.uint8(255))
    source, = shared_worker.index(tmp_path)
    image = shared_worker.read(tmp_path, source)
    assert np.array_equal(shared_worker.read_labels(tmp_path, source, image)[0], truth)


def test_refusal_crosses_with_its_sentence(shared_worker: DecodeWorker, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="There are no images in this folder"):
        shared_worker.index(tmp_path)
    (tmp_path / "a.dcm").write_bytes(dicom_bytes(ramp(16, 16, dtype=np.int16))[:-10])
    source, = shared_worker.index(tmp_path)
    assert "502 of 512 bytes" in str(source.refusal)


def test_process_that_was_killed_is_made_anew(folder: Path) -> None:
    worker = DecodeWorker()
    sources = worker.index(folder)
    first = worker.pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    for _ in range(2):
        try:
            assert worker.read(folder, sources[0]).shape == (1, 40, 30)
            break
        except Refusal:
            continue
    assert worker.pid != first
    worker.close()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a pipe in the file system")
def test_death_over_one_file_refuses_that_file_alone(tmp_path: Path) -> None:
    files = [save(tmp_path / "a.png", ramp(4, 5)), tmp_path / "b.png", save(tmp_path / "c.png", ramp(4, 5))]
    os.mkfifo(files[1])  # opening it never returns, so that the process can be killed over it
    worker = DecodeWorker(Limits(seconds=0.3))

    def report(done: int, total: int) -> None:
        if done == 1 and not killed and worker.pid is not None:
            killed.append(worker.pid)
            os.kill(worker.pid, signal.SIGKILL)

    killed: list[int] = []
    found = by_title(worker.index(tmp_path, files, report=report))
    worker.close()
    assert {title for title, source in found.items() if source.kind is SourceKind.image} == {"a", "c"}
    assert "died over this file" in str(found["b"].refusal)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a pipe in the file system")
def test_file_that_never_ends_is_given_up_and_the_rest_opens(tmp_path: Path) -> None:
    save(tmp_path / "a.png", ramp(4, 5))
    os.mkfifo(tmp_path / "b.png")
    worker = DecodeWorker(Limits(seconds=0.4))
    found = by_title(worker.index(tmp_path, [tmp_path / "a.png", tmp_path / "b.png"]))
    worker.close()
    assert found["a"].kind is SourceKind.image
    assert "took longer" in str(found["b"].refusal)


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="no process can be held here")
def test_decoder_that_the_machine_holds_up_is_waited_for(folder: Path) -> None:
    worker = DecodeWorker(Limits(seconds=1.0))
    source = by_title(worker.index(folder))["a"]
    assert worker.pid is not None
    os.kill(worker.pid, signal.SIGSTOP)
    Timer(1.4, os.kill, (worker.pid, signal.SIGCONT)).start()
    assert worker.read(folder, source).shape == (1, 40, 30)
    worker.close()


def test_index_can_be_stopped(shared_worker: DecodeWorker, tmp_path: Path) -> None:
    for number in range(200):
        save(tmp_path / f"{number}.png", ramp(4, 5))
    shared_worker.index(tmp_path, stop=lambda: True)
    assert len(shared_worker.index(tmp_path)) == 200


def test_raised_limit_holds_from_the_next_request_on(folder: Path) -> None:
    worker = DecodeWorker(Limits(picture_bytes=1000))
    assert "the limit is" in str(by_title(worker.index(folder))["a"].refusal)
    worker.bound(Limits())
    assert by_title(worker.index(folder))["a"].refusal is None
    worker.close()


def test_threads_take_turns(shared_worker: DecodeWorker, folder: Path) -> None:
    source = by_title(shared_worker.index(folder))["a"]
    shapes = []
    threads = [Thread(target=lambda: shapes.append(shared_worker.read(folder, source).shape)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert shapes == [(1, 40, 30)] * 4


@linux
def test_hostile_sizes_are_refused_quickly_and_in_little_memory(tmp_path: Path) -> None:
    (tmp_path / "huge.png").write_bytes(png_bytes(65000, 65000, 1, 0, b"\0" * 8126))
    path = nifti(tmp_path / "v.nii", np.zeros((4, 4, 4), np.int16))
    data = bytearray(path.read_bytes())
    data[42:48] = np.array([32000, 32000, 32000], "<i2").tobytes()
    path.write_bytes(data)
    worker = DecodeWorker()
    save(tmp_path / "warm" / "a.png", ramp(3, 3))
    worker.index(tmp_path / "warm")
    began = time.monotonic()
    sources = worker.index(tmp_path, [tmp_path / "huge.png", path])
    took = time.monotonic() - began
    peak = peak_bytes(worker.pid)
    worker.close()
    assert all(source.kind is SourceKind.refused for source in sources)
    assert took < 2
    assert peak < 500e6


@linux
def test_header_that_asks_for_gigabytes_refuses_its_file_alone(shared_worker: DecodeWorker, tmp_path: Path) -> None:
    save(tmp_path / "a.png", ramp(4, 5))
    data = dicom_bytes(ramp(16, 16, dtype=np.int16))
    at = data.index(b"\x02\x00\x10\x00UI")  # before the transfer syntax: an item of 1.9 GB that is not there
    (tmp_path / "b.dcm").write_bytes(data[:at] + b"\x02\x00\x02\x01OB\0\0\0\0\0\x70" + data[at:])
    found = by_title(shared_worker.index(tmp_path))
    assert found["a"].kind is SourceKind.image
    assert "longer than the file" in str(found["b"].refusal)


def peak_bytes(pid: int | None) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) * 1024


@linux
def test_process_may_not_take_more_than_its_file_explains(shared_worker: DecodeWorker, folder: Path) -> None:
    shared_worker.read(folder, by_title(shared_worker.index(folder))["a"])
    status = Path(f"/proc/{shared_worker.pid}/limits").read_text()
    line = next(line for line in status.splitlines() if line.startswith("Max address space"))
    size = int(Path(f"/proc/{shared_worker.pid}/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    assert int(line.split()[3]) < size + (500 << 20)


@linux
def test_process_loads_neither_qt_nor_a_network(shared_worker: DecodeWorker, folder: Path) -> None:
    for source in shared_worker.index(folder):
        shared_worker.read(folder, source)
    maps = Path(f"/proc/{shared_worker.pid}/maps").read_text()
    assert not [name for name in ("PySide6", "torch", "openvino") if name in maps]


@linux
def test_shared_memory_has_no_name_that_could_stay_behind(shared_worker: DecodeWorker, folder: Path) -> None:
    image = shared_worker.read(folder, by_title(shared_worker.index(folder))["a"])
    assert not list(Path("/dev/shm").glob("*urwkv*"))
    assert image.pixels.size


@linux
def test_a_decoder_that_does_not_start_is_not_blamed_on_the_images(shared_worker: DecodeWorker, folder: Path,
                                                                   monkeypatch: pytest.MonkeyPatch) -> None:
    shared_worker.index(folder)  # what multiprocessing itself starts beside a first process is there
    monkeypatch.setattr(multiprocessing.spawn, "_python_exe", b"/bin/false")
    worker = DecodeWorker()
    with pytest.raises(Refusal, match="decoded does not start"):
        worker.index(folder)
    worker.close()


def test_closed_worker_says_so(folder: Path) -> None:
    worker = DecodeWorker()
    worker.close()
    with pytest.raises(Refusal):
        worker.index(folder)


def test_each_slice_of_a_series_has_its_own_time(tmp_path: Path) -> None:
    """A long series on a slow disk is no hostile file."""
    class Watched(Room):
        begun: ClassVar[list[int]] = []

        def begin(self, nbytes: int) -> None:
            self.begun.append(nbytes)

    slices(tmp_path, range(5))
    source, = index(tmp_path)
    read(tmp_path, source, room=Watched())
    assert Watched.begun == [0] * 5 + [6 * 8 * 2] * 5


def test_a_worker_that_is_ready_for_dicom_reads_what_any_other_reads(folder: Path) -> None:
    worker = DecodeWorker(for_dicom=True)
    try:
        worker.start()
        found = by_title(worker.index(folder))
        assert worker.read(folder, found["ct"]).shape == (3, 6, 8)
        assert worker.read(folder, found["a"]).shape == (1, 40, 30)
    finally:
        worker.close()


def test_a_worker_that_was_closed_is_not_started_after_all() -> None:
    worker = DecodeWorker()
    worker.close()
    worker.start()
    assert worker.pid is None
