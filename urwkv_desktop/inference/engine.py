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
    """The device gave up in the middle: out of memory, driver gone, no finite number. Predictor then takes the CPU.

    is_out_of_memory: the device said that it had too little memory for this.
    """

    def __init__(self, message: str, *, is_out_of_memory: bool = False) -> None:
        super().__init__(message)
        self.is_out_of_memory = is_out_of_memory


def said_out_of_memory(error: Exception) -> bool:
    """Whether a library's error means too little memory, which each of them says in words of its own."""
    words = str(error).casefold()
    return isinstance(error, MemoryError) or any(
        sign in words for sign in ("out of memory", "out_of_memory", "bad_alloc", "can't allocate memory", "cl_out_of",
                                   "out_of_resources", "out of host memory")
    )
