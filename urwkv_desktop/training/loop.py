"""The training run: seeded, resumable at the exact step, with its progress in a file that others may watch."""

from __future__ import annotations

import math
import os
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
import torch
from torch import nn

from urwkv_desktop.imaging import Message, Refusal
from urwkv_desktop.network import build_network
from urwkv_desktop.training.cases import DataPlace, read_cases
from urwkv_desktop.training.dataset import Batches, samples
from urwkv_desktop.training.losses import segmentation_loss
from urwkv_desktop.training.memory import keep_freed_memory
from urwkv_desktop.training.recipe import Recipe, read_recipe
from urwkv_desktop.training.split import Split, split_by_fold, split_by_word
from urwkv_desktop.training.state import CHECKPOINT, RunningMean, State, read_checkpoint, save_weights
from urwkv_desktop.training.state_files import replace
from urwkv_desktop.training.validate import Score, held, score

SAVE_EVERY_S = 300.0
TELL_EVERY_S = 2.0
LOWEST_RATE = 1e-6
SHORT_WARMING = 0.05


class Progress(msgspec.Struct, frozen=True):
    """Where a run stands; `run.json` in its folder holds the same. state: running, finished, stopped, failed."""

    state: str
    pid: int
    epoch: int
    epochs: int
    step: int
    steps: int
    loss: float
    iou: float | None
    dice: float | None
    fired: int | None
    best: float | None
    elapsed_s: float
    eta_s: float

    @property
    def share(self) -> float:
        return self.step / max(1, self.steps)


def run(
    recipe: Path,
    place: DataPlace | Path,
    out: Path,
    *,
    fold: int | None = None,
    resume: bool = False,
    start_from: Path | None = None,
    report: Callable[[Progress], None] = lambda progress: None,
    stop: Callable[[], bool] = lambda: False,
) -> Progress:
    """Trains by a recipe and answers how it ended.

    `place`: a folder with its list, or images and masks. `fold` validates; without one the column `split` rules.
    `start_from`: weights of the same graph (safetensors). In `out`: weights.safetensors (the running mean), run.json,
    curve.csv, checkpoint.pt. Refuses a recipe, list, split or checkpoint that cannot be used.
    """
    keep_freed_memory()
    asked = read_recipe(recipe)
    cases = read_cases(place if isinstance(place, DataPlace) else DataPlace(folder=place))
    split = split_by_fold(cases, fold) if fold is not None else split_by_word(cases)
    out.mkdir(parents=True, exist_ok=True)
    if asked.threads:
        torch.set_num_threads(asked.threads)
    torch.manual_seed(asked.seed)
    trainer = _Trainer(asked, split, out, start_from)
    if resume:
        trainer.resume(recipe.read_text(encoding="utf-8"))
    return trainer.train(recipe.read_text(encoding="utf-8"), report, stop)


class _Trainer:
    """One run, from its first or its next step to the end."""

    def __init__(self, recipe: Recipe, split: Split, out: Path, start_from: Path | None) -> None:
        self.recipe, self.split, self.out = recipe, split, out
        self.state = _fresh(recipe, start_from)
        self.warm = SHORT_WARMING if start_from else recipe.optimiser.warm
        self.batches = self._batches(recipe.size_at(0))
        self.per_epoch = len(self.batches)
        self.validating = held(split.validation, recipe)
        self.score: Score | None = None
        self.begun = time.monotonic()
        self.paces: dict[int, float] = {}  # seconds a step by picture size

    def resume(self, text: str) -> None:
        path = self.out / CHECKPOINT
        if not path.is_file():
            raise _refusal(Message("There is no checkpoint in {name}.", name=self.out.name))
        kept = read_checkpoint(path)
        if kept["recipe"] != text:
            raise _refusal(Message("The checkpoint belongs to a recipe that reads otherwise."))
        self.state.load(kept)

    @property
    def steps(self) -> int:
        return self.per_epoch * self.recipe.epochs

    @property
    def epoch(self) -> int:
        """The epoch of the next step, from 0."""
        return self.state.step // self.per_epoch

    def train(self, text: str, report: Callable[[Progress], None], stop: Callable[[], bool]) -> Progress:
        state, size = self.state, self.recipe.size_at(0)
        saved = told = time.monotonic()
        while state.step < self.steps and not stop():
            epoch = self.epoch
            if self.recipe.size_at(epoch) != size:
                size = self.recipe.size_at(epoch)
                self.batches = self._batches(size)
            self._timed_step(epoch, size)
            if state.step % self.per_epoch == 0:
                self._close_epoch(epoch, size)
            now = time.monotonic()
            if now - told > TELL_EVERY_S:
                told = now
                self._tell("running", report)
            if now - saved > SAVE_EVERY_S:
                saved = now
                state.save(self.out / CHECKPOINT, text)
        state.save(self.out / CHECKPOINT, text)
        return self._tell("finished" if state.step >= self.steps else "stopped", report)

    def _batches(self, side: int) -> Batches:
        recipe = self.recipe
        spec = msgspec.structs.replace(recipe.input, width=side, height=side)
        kept = list(samples(self.split.train, spec, len(recipe.channels)))
        return Batches(kept, spec, recipe.augmentation, size=recipe.optimiser.batch, seed=recipe.seed)

    def _timed_step(self, epoch: int, size: int) -> None:
        began = time.monotonic()
        self._step(self.batches, epoch)
        seconds = time.monotonic() - began
        self.paces[size] = seconds if size not in self.paces else 0.95 * self.paces[size] + 0.05 * seconds

    def _step(self, batches: Batches, epoch: int) -> None:
        recipe, state = self.recipe, self.state
        batch = batches.batch(epoch, state.step % self.per_epoch)
        rate = self.rate_at(state.step)
        for group in state.optimiser.param_groups:
            group["lr"] = rate
        state.network.train()
        pictures = batch.pictures.contiguous(memory_format=torch.channels_last)
        with torch.autocast("cpu", torch.bfloat16, enabled=recipe.precision == "bfloat16"):
            logits = state.network(pictures)
        loss = segmentation_loss(logits, batch.labels, recipe.activation, recipe.loss)
        state.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        if recipe.optimiser.clip:
            nn.utils.clip_grad_norm_(state.network.parameters(), recipe.optimiser.clip)
        state.optimiser.step()
        state.mean.take(state.network)
        state.losses.append(float(loss.detach()))
        state.step += 1

    def rate_at(self, step: int) -> float:
        """One cycle: along a cosine up to the recipe's rate, then down to almost nothing."""
        steps, highest = self.steps, self.recipe.optimiser.rate
        warming = max(1.0, self.warm * steps)
        if step < warming:
            return highest / 25 + (highest - highest / 25) * (1 - math.cos(math.pi * step / warming)) / 2
        share = (step - warming) / max(1.0, steps - warming)
        return LOWEST_RATE + (highest - LOWEST_RATE) * (1 + math.cos(math.pi * min(1.0, share))) / 2

    def _close_epoch(self, epoch: int, size: int) -> None:
        state = self.state
        row: dict[str, float | int | str] = {
            "epoch": epoch + 1,
            "size": size,
            "rate": round(self.rate_at(state.step - 1), 7),
            "loss": round(sum(state.losses) / max(1, len(state.losses)), 5),
            "seconds": round(time.monotonic() - self.begun, 1),
        }
        state.losses = []
        if (epoch + 1) % self.recipe.validate_every == 0 or epoch + 1 == self.recipe.epochs:
            row |= self._validated()
        state.curve.rows.append(row)
        state.curve.write(self.out / "curve.csv")

    def _validated(self) -> dict[str, float | int | str]:
        network = build_network_of(self.recipe)
        network.load_state_dict(self.state.mean.values)
        self.score = score(channels_last(network), self.validating, self.recipe)
        save_weights(self.state.mean.values, self.out / "weights.safetensors")
        if self.score.iou > self.state.best:
            self.state.best = self.score.iou
            save_weights(self.state.mean.values, self.out / "best.safetensors")
        return {
            "iou": round(self.score.iou, 5),
            "dice": round(self.score.dice, 5),
            "fired": self.score.fired,
            "empty": self.score.empty,
        }

    def _tell(self, word: str, report: Callable[[Progress], None]) -> Progress:
        state = self.state
        recent = state.losses[-20:] or [float(row["loss"]) for row in state.curve.rows[-1:]]
        progress = Progress(
            state=word,
            pid=os.getpid(),
            epoch=min(self.recipe.epochs, self.epoch + 1),
            epochs=self.recipe.epochs,
            step=state.step,
            steps=self.steps,
            loss=round(sum(recent) / max(1, len(recent)), 4),
            iou=self.score.iou if self.score else None,
            dice=self.score.dice if self.score else None,
            fired=self.score.fired if self.score else None,
            best=state.best if state.best >= 0 else None,
            elapsed_s=round(time.monotonic() - self.begun, 1),
            eta_s=round(self._seconds_left(), 1),
        )
        replace(self.out / "run.json", msgspec.json.format(msgspec.json.encode(progress)) + b"\n")
        report(progress)
        return progress

    def _seconds_left(self) -> float:
        """From the pace at each picture size; a size not met yet is taken in proportion to its pixels."""
        if not self.paces:
            return 0.0
        known = max(self.paces)
        per_pixel = self.paces[known] / known**2
        left = 0.0
        for epoch in range(self.epoch, self.recipe.epochs):
            steps = self.per_epoch - (self.state.step % self.per_epoch if epoch == self.epoch else 0)
            size = self.recipe.size_at(epoch)
            left += steps * self.paces.get(size, per_pixel * size**2)
        return left


def build_network_of(recipe: Recipe) -> nn.Module:
    """The network that a recipe names, freshly initialised."""
    chosen = recipe.network
    return build_network(chosen.graph, chosen.variant, chosen.num_classes, chosen.in_channels, chosen.shift)


def channels_last(network: nn.Module) -> nn.Module:
    """The same module with its filters laid out channel by channel: a tenth faster on a CPU."""
    for tensor in (*network.parameters(), *network.buffers()):
        if tensor.ndim == 4:
            tensor.data = tensor.data.contiguous(memory_format=torch.channels_last)
    return network


def _fresh(recipe: Recipe, start_from: Path | None) -> State:
    network = build_network_of(recipe)
    if start_from is not None:
        from safetensors.torch import load_file

        network.load_state_dict(load_file(start_from))
    network = channels_last(network)
    plain: list[nn.Parameter] = []
    decayed: list[nn.Parameter] = []
    for name, parameter in network.named_parameters():
        (decayed if parameter.ndim > 1 and "spatial_mix" not in name else plain).append(parameter)
    groups = [{"params": decayed, "weight_decay": recipe.optimiser.decay}, {"params": plain, "weight_decay": 0.0}]
    optimiser = torch.optim.AdamW(groups, lr=recipe.optimiser.rate)
    return State(network, optimiser, RunningMean(network, recipe.optimiser.average))


def _refusal(cause: Message) -> Refusal:
    return Refusal(
        tried=Message("Go on with a training run."),
        cause=cause,
        cure=Message("Start it anew, without --resume, or name the folder and recipe of the run."),
    )
