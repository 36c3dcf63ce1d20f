"""Options of every command that lets a network look: on what, and how."""

from enum import StrEnum
from typing import Annotated

import typer


class DeviceName(StrEnum):
    auto = "auto"
    cpu = "cpu"
    cuda = "cuda"
    mps = "mps"
    intel_gpu = "intel-gpu"
    npu = "npu"


DeviceOption = Annotated[DeviceName, typer.Option("--device", help="Where the network runs.")]
FlipsOption = Annotated[bool, typer.Option("--flips", help="Average the mirror image (left and right) in, at twice the "
                                                           "time.")]
