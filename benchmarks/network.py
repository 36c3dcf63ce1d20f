"""The network at 256x256 in one interleaved run: OpenVINO, eager torch, and the bound of OpenVINO's matrix products.

Each runs in a process of its own, one at a time and in turns, with the same number of threads: two pools that spin in
one process slow each other down. Figures are the best of all rounds, and ratios are ratios of these, so that a busy
machine changes them little. The bound adds up the best of each product: the lowest that it can be said to be.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

ROUNDS = 40
THREADS = min(2, os.cpu_count() or 1)
PARTS = ("eager", "openvino", "gemm")


class Runner:
    """A process that measures one of `PARTS` each time it is asked."""

    def __init__(self, part: str, folder: Path) -> None:
        quiet = {name: str(THREADS) for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.network_parts", part, str(folder), str(THREADS)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env={**os.environ, **quiet, "OMP_WAIT_POLICY": "passive", "KMP_BLOCKTIME": "0"},
        )
        self.ready: dict[str, Any] = self._answer()

    def once(self) -> list[float]:
        """Milliseconds of each piece of one run: the network is one piece, each matrix product another."""
        assert self._process.stdin
        self._process.stdin.write("run\n")
        self._process.stdin.flush()
        pieces: list[float] = self._answer()
        return pieces

    def _answer(self) -> Any:
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"the measuring process ended with {self._process.wait()}")
        return json.loads(line)

    def __enter__(self) -> Runner:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate(timeout=30)


def rows() -> list[dict[str, Any]]:
    """The rows `network.*` of rows.toml."""
    names = ("network.ms.openvino", "network.ms.eager", "network.ms.gemm", "network.ratio_to_gemm.fp32",
             "network.speedup_to_eager")
    try:
        best, ready = measure()
    except RuntimeError as error:
        return [{"row": name, "figure": None, "why": f"not measured: {error}"} for name in names]
    print(f"  {ready['products']} matrix products, {ready['mmac']:.0f} MMAC; largest logit difference between OpenVINO "
          f"and torch {ready['difference']:.1e}; {THREADS} threads, best of {ROUNDS} rounds")
    figures = (best["openvino"], best["eager"], best["gemm"], best["openvino"] / best["gemm"],
               best["eager"] / best["openvino"])
    return [{"row": name, "figure": round(figure, 3)} for name, figure in zip(names, figures, strict=True)]


def measure(rounds: int = ROUNDS) -> tuple[dict[str, float], dict[str, Any]]:
    """(best ms of each part, what the parts said when they were ready)."""
    best: dict[str, list[float]] = {}
    ready: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        runners = {}
        for part in PARTS:  # eager first: it writes the graph and the list of products for the others
            runners[part] = stack.enter_context(Runner(part, Path(folder)))
            ready |= runners[part].ready
        for _ in range(rounds):
            for part, runner in runners.items():
                pieces = runner.once()
                best[part] = [min(pair) for pair in zip(best.get(part, pieces), pieces, strict=True)]
    return {part: sum(pieces) for part, pieces in best.items()}, ready


if __name__ == "__main__":
    for row in rows():
        print(row)
