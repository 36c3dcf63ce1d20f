"""OpenVINO: the default engine, on the CPU and, where there is one, on Intel's GPU and NPU."""

from __future__ import annotations

import hashlib
import os
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from urwkv_desktop.imaging import Message, Refusal
from urwkv_desktop.inference.compiled_cache import CompiledCache
from urwkv_desktop.inference.doubling import FORM, join_doublings
from urwkv_desktop.inference.engine import EngineFailure, Logits, said_out_of_memory
from urwkv_desktop.inference.openvino_runtime import load_openvino

_NICE = 10
_NAMES = {"CPU": "CPU", "GPU": "Intel GPU", "NPU": "Intel NPU"}


def spare_threads() -> int:
    """All cores but one, which belongs to the hand."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, cores - 1)


def give_way() -> None:
    """The calling thread and those it will start run behind the hand's (Linux; elsewhere the spare core has to do).

    OpenVINO's pool inherits it when the engine is made after this call. With one network thread at nice 10 a brush
    event's p95 stayed at 0.5 ms, without it 8.9 ms (2 busy cores). It cannot be taken back.
    """
    if sys.platform == "linux":
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICE)


class OpenVinoEngine:
    """A compiled IR graph. One run at a time (from one thread).

    model_xml: the graph, its .bin beside it. cache_dir: where compiled graphs are kept, or None for nowhere.
    threads: of the CPU, `spare_threads()` unless told. precision: "f32", "bf16" or "int8" (then model_xml is the int8
    graph). device: OpenVINO's word, "CPU", "GPU", "NPU". Refuses an unreadable graph and a device that is not there.
    """

    def __init__(
        self,
        model_xml: Path,
        cache_dir: Path | None,
        *,
        threads: int | None = None,
        precision: str = "f32",
        device: str = "CPU",
    ) -> None:
        openvino = load_openvino()
        self.precision, self.device = precision, device
        self._core = openvino.Core()
        # A CPU is always there, and asking would load the plugins of all other devices.
        if device != "CPU" and device not in {name.partition(".")[0] for name in self._core.available_devices}:
            raise _no_device(device)  # two GPUs are called GPU.0 and GPU.1
        config = _config(device, precision, threads or spare_threads())
        try:
            self._compiled = self._cached(openvino, model_xml, cache_dir, config)
        except RuntimeError as error:
            raise _unreadable(model_xml, device) from error
        self._request = self._compiled.create_infer_request()
        self._batch = self._compiled.input(0).partial_shape[0]

    @property
    def name(self) -> str:
        words = {"bf16": " bfloat16", "int8": " int8"}.get(self.precision, "")
        return f"{_NAMES[self.device]} · OpenVINO{words}"

    def run(self, batch: NDArray[np.float32]) -> Logits:
        """float32 [N,C,H,W] -> logits, float32 [N,K,H,W]."""
        if self._batch.is_static and self._batch.get_length() != len(batch):
            return np.concatenate([self._run(item[None]) for item in batch])
        return self._run(batch)

    def _run(self, batch: NDArray[np.float32]) -> Logits:
        try:
            self._request.infer({0: np.ascontiguousarray(batch, np.float32)}, share_inputs=True)
        except (RuntimeError, MemoryError) as error:
            raise EngineFailure(f"{self.name}: {(str(error).splitlines() or [''])[-1]}",
                                is_out_of_memory=said_out_of_memory(error)) from error
        return np.array(self._request.get_output_tensor(0).data, np.float32)

    def _cached(self, openvino: Any, model_xml: Path, cache_dir: Path | None, config: dict[str, object]) -> Any:
        if cache_dir is None:
            return self._compile(openvino, model_xml, config)
        cache = CompiledCache(cache_dir)
        key = (_hash(model_xml), openvino.get_version(), self._device_name(), self.device, str(config), FORM)
        entry = cache.path(*key)
        blob = cache.read(entry)
        if blob is not None:
            try:
                return self._core.import_model(blob, self.device, config)
            except RuntimeError:
                cache.drop(entry)
        compiled = self._compile(openvino, model_xml, config)
        with suppress(RuntimeError):  # a device that cannot export is compiled for each time
            cache.write(entry, compiled.export_model().getvalue())
        return compiled

    def _compile(self, openvino: Any, model_xml: Path, config: dict[str, object]) -> Any:
        graph = self._core.read_model(str(model_xml))
        if self.device == "CPU":  # where it was measured
            join_doublings(openvino, graph)
        return self._core.compile_model(graph, self.device, config)

    def _device_name(self) -> str:
        return str(self._core.get_property(self.device, "FULL_DEVICE_NAME"))


def takes_bfloat16() -> bool:
    """Whether this CPU multiplies in bfloat16 itself; where it does not, the 16-bit graph is slower, not faster."""
    core = load_openvino().Core()
    return "BF16" in core.get_property("CPU", "OPTIMIZATION_CAPABILITIES")


def _config(device: str, precision: str, threads: int) -> dict[str, object]:
    config: dict[str, object] = {"PERFORMANCE_HINT": "LATENCY"}
    if device == "CPU":
        config["INFERENCE_NUM_THREADS"] = threads
        # Pinned, every engine's first thread sits on the first core: two engines of one thread each, in this program or
        # in another, then share that core and leave the second idle.
        config["ENABLE_CPU_PINNING"] = False
        config["INFERENCE_PRECISION_HINT"] = "bf16" if precision == "bf16" else "f32"
    elif precision == "f32" and device == "GPU":
        config["INFERENCE_PRECISION_HINT"] = "f32"
    return config


def _hash(model_xml: Path) -> str:
    """Of both files, so that a graph that was replaced is never answered by the old one's compiled form."""
    digest = hashlib.sha256()
    for path in (model_xml, model_xml.with_suffix(".bin")):
        digest.update(path.read_bytes() if path.is_file() else b"")
    return digest.hexdigest()


def _no_device(device: str) -> Refusal:
    return Refusal(
        tried=Message("Load the network on {device}.", device=_NAMES.get(device, device)),
        cause=Message("This machine has no {device} that OpenVINO can use.", device=_NAMES.get(device, device)),
        cure=Message("Choose the CPU."),
    )


def _unreadable(model_xml: Path, device: str) -> Refusal:
    return Refusal(
        tried=Message("Load the network {name} on {device}.", name=model_xml.parent.name, device=_NAMES[device]),
        cause=Message("OpenVINO can't read its graph {file}.", file=model_xml.name),
        cure=Message("Install the model again; the other models are not affected."),
    )
