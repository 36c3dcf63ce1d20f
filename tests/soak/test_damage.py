"""3,000 decoder calls on damaged frames for each transfer syntax, 20,000 mutated headers for each container."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from tests.damaging import CONTAINERS, MEGABYTES, SECONDS, Toll, container, frames, headers, judge, of_each_syntax
from tests.formats.builders import SHARED
from urwkv_desktop.formats.worker import DecodeWorker

pytestmark = pytest.mark.soak
ZOO = SHARED / "dicom_zoo"
SYNTAXES = of_each_syntax(ZOO) if (ZOO / "zoo.csv").exists() else {}
FRAMES, HEADERS, PORTION = 3_000, 20_000, 500


@pytest.fixture
def worker() -> Iterator[DecodeWorker]:
    worker = DecodeWorker()
    yield worker
    worker.close()


def check(toll: Toll, name: str) -> None:
    print(f"\n{name}: {toll}")  # noqa: T201 - the figures are what this test is for
    assert not toll.faults, toll
    assert toll.slowest < SECONDS, toll
    assert toll.megabytes < MEGABYTES, toll


@pytest.mark.skipif(not SYNTAXES, reason="the difficult files do not lie beside this checkout")
@pytest.mark.parametrize("syntax", SYNTAXES)
def test_every_decoder_survives_damage(worker: DecodeWorker, tmp_path: Path, syntax: str) -> None:
    toll, random = Toll(), Random(syntax)
    for _ in range(4 * FRAMES // PORTION):
        judge(worker, tmp_path, ".dcm", frames(SYNTAXES[syntax], random, PORTION), toll)
        if toll.reached >= FRAMES:
            break
    assert toll.reached >= FRAMES, toll
    check(toll, syntax)


@pytest.mark.parametrize("name", CONTAINERS)
def test_every_container_survives_damage(worker: DecodeWorker, tmp_path: Path, name: str) -> None:
    toll = Toll()
    suffix, whole, header = container(name)
    judge(worker, tmp_path, suffix, headers(whole, suffix, Random(name), HEADERS, header), toll)
    check(toll, name)
