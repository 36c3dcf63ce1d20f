"""torch: CUDA, MPS, and the CPU as the judge of exported graphs. Importing this module loads torch."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.torch import load_file

from urwkv_desktop.imaging import Message, Refusal
from urwkv_desktop.inference.card import ModelCard
from urwkv_desktop.inference.engine import EngineFailure, Logits, said_out_of_memory
from urwkv_desktop.inference.vetting import WEIGHTS
from urwkv_desktop.network import URWKV, build_network

_NAMES = {"cuda": "CUDA", "mps": "MPS", "cpu": "CPU"}


class TorchEngine:
    """The network itself on a torch device, in float32 throughout: the weights as stored, no TF32.

    device: "cuda", "mps" or "cpu". Refuses weights that do not fit the card and a device that is not there.
    """

    def __init__(self, model_dir: Path, card: ModelCard, device: str) -> None:
        if not _is_there(device):
            raise _no_device(device)
        self.device = device
        self._network = load_network(model_dir, card).to(device)

    @property
    def name(self) -> str:
        return f"{_NAMES[self.device]} · torch"

    def run(self, batch: NDArray[np.float32]) -> Logits:
        """float32 [N,C,H,W] -> logits, float32 [N,K,H,W]."""
        try:
            with torch.inference_mode(), torch.backends.cudnn.flags(allow_tf32=False):
                given = torch.from_numpy(np.ascontiguousarray(batch, np.float32)).to(self.device)
                logits: Logits = self._network(given).float().cpu().numpy()
        except (RuntimeError, MemoryError) as error:  # torch's word for out of memory and for a driver that is gone
            raise EngineFailure(f"{self.name}: {(str(error).splitlines() or [''])[0]}",
                                is_out_of_memory=said_out_of_memory(error)) from error
        return logits


def load_network(model_dir: Path, card: ModelCard) -> URWKV:
    """The card's network with its weights, in float32 and for use. Refuses weights that do not fit the card."""
    network = build_network(
        card.graph, card.variant, card.num_classes, card.in_channels, card.shift, dims=tuple(card.dims)
    )
    try:
        network.load_state_dict(load_file(model_dir / WEIGHTS))
    except (OSError, SafetensorError, RuntimeError) as error:
        raise _unfitting(card) from error
    return network.eval()


def _is_there(device: str) -> bool:
    if device == "cuda":
        return torch.cuda.is_available()
    return device == "cpu" or torch.backends.mps.is_available()


def _no_device(device: str) -> Refusal:
    return Refusal(
        tried=Message("Load the network on {device}.", device=_NAMES[device]),
        cause=Message("This machine has no {device} device that torch can use.", device=_NAMES[device]),
        cure=Message("Choose the CPU."),
    )


def _unfitting(card: ModelCard) -> Refusal:
    return Refusal(
        tried=Message("Load the model {name}.", name=card.name),
        cause=Message("Its weights do not fit the network {graph} {variant} that its card names.",
                      graph=card.graph, variant=card.variant),
        cure=Message("Install the model again; the other models are not affected."),
    )
