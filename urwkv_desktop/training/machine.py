"""The machine that trains: this CPU, one GPU, or the several processes that torchrun has started."""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING, Literal

import torch

if TYPE_CHECKING:
    from lightning_fabric import Fabric

TORCHRUN = ("RANK", "WORLD_SIZE", "LOCAL_WORLD_SIZE", "MASTER_ADDR")


def is_first_process() -> bool:
    """Whether this process writes files and speaks: the only one, or the first of those that torchrun started."""
    return os.environ.get("RANK", "0") == "0" or not is_one_of_several()


def is_one_of_several() -> bool:
    return all(name in os.environ for name in TORCHRUN)


def make_fabric(precision: str) -> Fabric:
    """A launched Fabric. Sockets are opened only where torchrun has started this process.

    precision: "bfloat16" or "float32". A CPU that does not multiply in bfloat16 itself takes float32: it is faster.
    """
    from lightning_fabric import Fabric
    from lightning_fabric.strategies.ddp import DDPStrategy

    logging.getLogger("lightning_fabric").setLevel(logging.WARNING)
    logging.getLogger("lightning.fabric").setLevel(logging.WARNING)
    mixed = precision == "bfloat16" and _multiplies_bfloat16()
    words: Literal["bf16-mixed", "32-true"] = "bf16-mixed" if mixed else "32-true"
    if not is_one_of_several():
        fabric = Fabric(accelerator="auto", devices=1, strategy="auto", precision=words)
    else:
        here, all_of_them = int(os.environ["LOCAL_WORLD_SIZE"]), int(os.environ["WORLD_SIZE"])
        # Some filters of the published network are kept and never used.
        strategy = DDPStrategy(find_unused_parameters=True)
        fabric = Fabric(accelerator="auto", devices=here, num_nodes=all_of_them // here, strategy=strategy,
                        precision=words)
    fabric.launch()
    return fabric


def _multiplies_bfloat16() -> bool:
    if torch.cuda.is_available() or torch.backends.mps.is_available():
        return True
    return bool(torch.cpu._is_avx512_bf16_supported())
