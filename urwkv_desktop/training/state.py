"""All that a run needs to go on at the exact step, and the running mean of its weights."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from urwkv_desktop.training.state_files import replace


class RunningMean:
    """Exponential mean of a network's weights and statistics, quick at first: min(decay, (1+n)/(10+n)) at step n."""

    def __init__(self, network: nn.Module, decay: float) -> None:
        self.decay = decay
        self.steps = 0
        self.values = {name: tensor.detach().clone() for name, tensor in network.state_dict().items()}

    @torch.no_grad()
    def take(self, network: nn.Module) -> None:
        self.steps += 1
        weight = 1 - min(self.decay, (1 + self.steps) / (10 + self.steps))
        for name, tensor in network.state_dict().items():
            kept = self.values[name]
            if kept.is_floating_point():
                kept.lerp_(tensor, weight)
            else:
                kept.copy_(tensor)


@dataclass
class Curve:
    """One row an epoch; the validation columns are empty where none was made."""

    rows: list[dict[str, float | int | str]] = field(default_factory=list)

    def write(self, path: Path) -> None:
        names = list(dict.fromkeys(name for row in self.rows for name in row))
        lines = [",".join(names), *(",".join(str(row.get(name, "")) for name in names) for row in self.rows)]
        replace(path, ("\n".join(lines) + "\n").encode())


@dataclass
class State:
    """step counts batches from the start of the run; best is the highest validation IoU so far; seconds: trained."""

    network: nn.Module
    optimiser: torch.optim.Optimizer
    mean: RunningMean
    step: int = 0
    losses: list[float] = field(default_factory=list)
    curve: Curve = field(default_factory=Curve)
    best: float = -1.0
    seconds: float = 0.0

    def save(self, path: Path, recipe: str, split: str) -> None:
        """Writes beside the target and renames: a kill leaves the old checkpoint or the new one."""
        state = {
            "recipe": recipe,
            "split": split,
            "network": self.network.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "mean": self.mean.values,
            "mean_steps": self.mean.steps,
            "step": self.step,
            "losses": self.losses,
            "curve": self.curve.rows,
            "best": self.best,
            "seconds": self.seconds,
            "random": torch.get_rng_state(),
        }
        beside = path.with_suffix(".part")
        torch.save(state, beside)
        beside.replace(path)

    def load(self, kept: dict[str, Any], device: torch.device) -> None:
        self.network.load_state_dict(kept["network"])
        self.optimiser.load_state_dict(kept["optimiser"])
        self.mean.values = {name: tensor.to(device) for name, tensor in kept["mean"].items()}
        self.mean.steps, self.seconds = kept["mean_steps"], kept.get("seconds", 0.0)
        self.step, self.losses, self.best = kept["step"], kept["losses"], kept["best"]
        self.curve = Curve(kept["curve"])
        torch.set_rng_state(kept["random"])


def read_checkpoint(path: Path) -> dict[str, Any]:
    """What `State.save` wrote; no code is run from the file."""
    kept: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
    return kept


def save_weights(values: dict[str, Tensor], path: Path) -> None:
    from safetensors.torch import save_file

    beside = path.with_suffix(".part")
    save_file({name: tensor.cpu().contiguous() for name, tensor in values.items()}, beside)
    beside.replace(path)
