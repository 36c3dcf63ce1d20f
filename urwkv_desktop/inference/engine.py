"""What runs an exported network: array to array, on some device."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Logits = NDArray[np.float32]


class Engine(Protocol):
    """name: for the status line, "CPU · OpenVINO". A run that fails raises EngineFailure; a later run may succeed."""

    @property
    def name(self) -> str: ...

    def run(self, batch: NDArray[np.float32]) -> Logits:
        """float32 [N,C,H,W] -> raw logits, float32 [N,K,H,W]."""
        ...


class EngineFailure(RuntimeError):  # noqa: N818 - a word for people's ears, like Refusal
    """The device gave up in the middle: out of memory, driver gone, no finite number. Predictor then takes the CPU."""
