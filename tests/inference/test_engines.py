"""OpenVINO and torch behind one protocol, and what is never loaded on the way to a mask."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

from urwkv_desktop.imaging import Refusal
from urwkv_desktop.inference.compiled_cache import CompiledCache
from urwkv_desktop.inference.library import Model
from urwkv_desktop.inference.openvino_engine import OpenVinoEngine, spare_threads
from urwkv_desktop.inference.openvino_runtime import load_openvino
from urwkv_desktop.inference.predictor import load_predictor
from urwkv_desktop.inference.torch_engine import TorchEngine

BATCH = np.random.default_rng(7).standard_normal((3, 3, 64, 64)).astype(np.float32)


def entries(cache: Path) -> list[Path]:
    return sorted(cache.glob("*"))


def test_engine_and_network_agree_within_1e_4(tiny: Model) -> None:
    openvino = OpenVinoEngine(tiny.folder / "model.xml", None).run(BATCH)
    torch = TorchEngine(tiny.folder, tiny.card, "cpu").run(BATCH)
    assert openvino.shape == torch.shape == (3, 1, 64, 64)
    np.testing.assert_allclose(openvino, torch, atol=1e-4)


def test_answers_outlive_the_next_run(tiny: Model) -> None:
    engine = OpenVinoEngine(tiny.folder / "model.xml", None)
    first = engine.run(BATCH[:1])
    kept = first.copy()
    engine.run(BATCH[1:2])
    np.testing.assert_array_equal(first, kept)


def test_engines_name_themselves_for_the_status_line(tiny: Model) -> None:
    assert OpenVinoEngine(tiny.folder / "model.xml", None).name == "CPU · OpenVINO"
    assert TorchEngine(tiny.folder, tiny.card, "cpu").name == "CPU · torch"


def test_one_core_is_left_to_the_hand() -> None:
    assert spare_threads() >= 1


# ── the cache of compiled graphs ──────────────────────────────────────────────────────────────────────────────────────


def test_a_compiled_graph_is_kept_and_answers_alike(tiny: Model, tmp_path: Path) -> None:
    first = OpenVinoEngine(tiny.folder / "model.xml", tmp_path).run(BATCH)
    (kept,) = entries(tmp_path)
    written = kept.stat().st_mtime_ns
    np.testing.assert_array_equal(OpenVinoEngine(tiny.folder / "model.xml", tmp_path).run(BATCH), first)
    assert [entry.stat().st_mtime_ns for entry in entries(tmp_path)] == [written]


@pytest.mark.parametrize("damage", [b"", b"short", b"x" * 4000])
def test_a_damaged_entry_is_deleted_and_made_again(tiny: Model, tmp_path: Path, damage: bytes) -> None:
    first = OpenVinoEngine(tiny.folder / "model.xml", tmp_path).run(BATCH)
    (kept,) = entries(tmp_path)
    good = kept.read_bytes()
    kept.write_bytes(damage)
    np.testing.assert_array_equal(OpenVinoEngine(tiny.folder / "model.xml", tmp_path).run(BATCH), first)
    assert entries(tmp_path) == [kept]
    assert len(kept.read_bytes()) == len(good)


def test_one_flipped_bit_in_the_middle_is_seen(tiny: Model, tmp_path: Path) -> None:
    first = OpenVinoEngine(tiny.folder / "model.xml", tmp_path).run(BATCH)
    (kept,) = entries(tmp_path)
    spoilt = bytearray(kept.read_bytes())
    spoilt[len(spoilt) // 2] ^= 1
    kept.write_bytes(spoilt)
    np.testing.assert_array_equal(OpenVinoEngine(tiny.folder / "model.xml", tmp_path).run(BATCH), first)
    assert kept.read_bytes() != bytes(spoilt)


def test_an_entry_that_openvino_cannot_read_is_made_again(tiny: Model, tmp_path: Path) -> None:
    OpenVinoEngine(tiny.folder / "model.xml", tmp_path)
    (kept,) = entries(tmp_path)
    blob = b"no graph at all" * 100
    kept.write_bytes(hashlib.sha256(blob).digest() + blob)
    assert OpenVinoEngine(tiny.folder / "model.xml", tmp_path).run(BATCH).shape == (3, 1, 64, 64)
    assert len(kept.read_bytes()) > len(blob) + 32


def test_a_cache_that_cannot_be_written_is_done_without(tiny: Model, tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")
    assert OpenVinoEngine(tiny.folder / "model.xml", in_the_way).run(BATCH[:1]).shape == (1, 1, 64, 64)


def test_the_cache_keeps_the_newest_entries_only(tmp_path: Path) -> None:
    cache = CompiledCache(tmp_path)
    for number in range(20):
        entry = cache.path(str(number))
        cache.write(entry, b"graph")
        os.utime(entry, (number, number))
    cache.write(cache.path("last"), b"graph")
    assert len(entries(tmp_path)) == 12
    assert cache.read(cache.path("last")) == cache.read(cache.path("19")) == b"graph"
    assert cache.read(cache.path("0")) is None


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux gives single threads a priority without rights")
def test_a_gentle_predictor_lowers_its_own_thread_alone(tiny: Model) -> None:
    def predict() -> int:
        load_predictor(tiny, device="cpu", cache=None, gently=True)
        return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    before = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(predict).result() == 10
    assert os.getpriority(os.PRIO_PROCESS, threading.get_native_id()) == before


@pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="only Linux tells a thread's cores")
def test_engines_side_by_side_leave_each_thread_all_cores(tiny: Model) -> None:
    before = set(Path("/proc/self/task").iterdir())

    def watched(engine: OpenVinoEngine) -> set[int]:
        """The cores on which every thread of the engines could run, all the while."""
        cores = set(os.sched_getaffinity(0))
        for _ in range(5):
            engine.run(BATCH)
            for task in set(Path("/proc/self/task").iterdir()) - before:
                with suppress(ProcessLookupError):  # ended meanwhile
                    cores &= os.sched_getaffinity(int(task.name))
        return cores

    engines = [OpenVinoEngine(tiny.folder / "model.xml", None, threads=1) for _ in range(2)]
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(watched, engines))
    assert found == [os.sched_getaffinity(0)] * 2


# ── refusals ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_graph_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "model.xml").write_text("not a graph")
    with pytest.raises(Refusal, match=r"OpenVINO can't read its graph model\.xml"):
        OpenVinoEngine(tmp_path / "model.xml", None)


def test_a_device_that_is_not_there_is_refused_with_its_name(tiny: Model) -> None:
    import torch

    devices = load_openvino().Core().available_devices
    absent = {"intel-gpu": "GPU" in devices, "npu": "NPU" in devices, "cuda": torch.cuda.is_available()}
    for device in [name for name, there in absent.items() if not there]:
        with pytest.raises(Refusal, match="This machine has no"):
            load_predictor(tiny, device=device, cache=None)  # type: ignore[arg-type]


# ── what is loaded ────────────────────────────────────────────────────────────────────────────────────────────────────

TO_A_MASK = """
import json, socket, sys
class NoNetwork(socket.socket):
    def __init__(self, family=-1, *rest, **named):
        assert family not in (-1, socket.AF_INET, socket.AF_INET6), "a network socket"
        super().__init__(family, *rest, **named)
socket.socket = NoNetwork
from pathlib import Path
import numpy as np
from urwkv_desktop.imaging import Geometry, Image
from urwkv_desktop.inference.library import ModelLibrary
from urwkv_desktop.inference.openvino_runtime import load_openvino
from urwkv_desktop.inference.predictor import load_predictor
image = Image(np.random.default_rng(0).integers(0, 255, (1, 90, 70), np.uint8), Geometry.picture())
model = ModelLibrary([Path(sys.argv[1])]).suiting(image).models[0]
prediction = load_predictor(model, cache=Path(sys.argv[2])).predict(image, labels=(1,))
print(json.dumps({"pixels": int(prediction.label_map(0).sum()), "modules": sorted(sys.modules)}))
"""


def test_the_way_to_a_mask_loads_no_torch_scipy_or_telemetry_and_opens_no_socket(
    tiny_folder: Path, tmp_path: Path
) -> None:
    command = [sys.executable, "-W", "error", "-c", TO_A_MASK, str(tiny_folder), str(tmp_path)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert ran.returncode == 0, ran.stderr
    answer = json.loads(ran.stdout)
    loaded = {name.partition(".")[0] for name in answer["modules"]}
    assert answer["pixels"] > 0
    assert not loaded & {"torch", "scipy", "skimage", "cv2", "openvino_telemetry", "PySide6", "pydicom", "safetensors"}
    assert not {"ssl", "urllib.request", "openvino.tools.ovc"} & set(answer["modules"])
