"""The one place where openvino is imported: without its conversion tools on the way to a mask, never with telemetry.

`import openvino` brings openvino.tools.ovc with it, which imports openvino_telemetry and sends "general_import". The
package does without these tools where they are missing, so they are made missing while it is imported: no telemetry,
no ssl, and a third of the time (31 instead of 85 ms measured).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType


def load_openvino() -> ModuleType:
    """The runtime alone: Core, Model, opsets, save_model; no convert_model."""
    with _missing("openvino.tools.ovc", "openvino_telemetry"):
        import openvino
    module: ModuleType = openvino
    return module


@contextmanager
def _missing(*names: str) -> Iterator[None]:
    """An import of these modules fails inside; what is loaded already stays."""
    hidden = [name for name in names if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]  # None is import's own mark for "not there"
    try:
        yield
    finally:
        for name in hidden:
            sys.modules.pop(name, None)
