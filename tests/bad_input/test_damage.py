"""A seeded part of what `make soak` does: damaged frames for each decoder, mutated headers for each container."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from tests.damaging import CONTAINERS, MEGABYTES, SECONDS, Toll, container, frames, headers, judge, of_each_syntax
from tests.formats.builders import SHARED, ramp, save
from urwkv_desktop.formats.worker import DecodeWorker

ZOO = SHARED / "dicom_zoo"
SYNTAXES = of_each_syntax(ZOO) if (ZOO / "zoo.csv").exists() else {}
FRAMES, HEADERS = 40, 200


@pytest.fixture(scope="module")
def worker() -> Iterator[DecodeWorker]:
    worker = DecodeWorker()
    yield worker
    worker.close()


def check(worker: DecodeWorker, folder: Path, toll: Toll) -> None:
    """The bounds, and that whatever happened, the next whole file opens."""
    assert not toll.faults, toll
    assert toll.slowest < SECONDS, toll
    assert toll.megabytes < MEGABYTES, toll
    whole = folder / "whole"
    save(whole / "a.png", ramp(5, 4))
    source, = worker.index(whole)
    assert worker.read(whole, source).shape == (1, 5, 4)


@pytest.mark.skipif(not SYNTAXES, reason="the difficult files do not lie beside this checkout")
@pytest.mark.parametrize("syntax", SYNTAXES)
def test_damaged_frames_leave_the_worker_alive(worker: DecodeWorker, tmp_path: Path, syntax: str) -> None:
    toll = Toll()
    judge(worker, tmp_path, ".dcm", frames(SYNTAXES[syntax], Random(syntax), FRAMES), toll)
    assert toll.count == FRAMES
    assert toll.reached > FRAMES / 4, toll
    check(worker, tmp_path, toll)


@pytest.mark.parametrize("name", CONTAINERS)
def test_mutated_headers_are_refused_or_opened(worker: DecodeWorker, tmp_path: Path, name: str) -> None:
    toll = Toll()
    suffix, whole, header = container(name)
    judge(worker, tmp_path, suffix, headers(whole, suffix, Random(name), HEADERS, header), toll)
    assert toll.count > 0.9 * HEADERS  # two that became equal are one
    check(worker, tmp_path, toll)
