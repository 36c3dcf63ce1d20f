"""The training run: seeded, resumable at the exact step, with its progress in a file that others may watch."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import torch
from torch import nn

from urwkv_desktop.imaging import Message, Refusal
from urwkv_desktop.network import STRIDE, build_network
from urwkv_desktop.training.cases import DataPlace, keyed, read_cases
from urwkv_desktop.training.curve_picture import draw_curve
from urwkv_desktop.training.dataset import Batches, samples
from urwkv_desktop.training.folding import FILE, write_folds
from urwkv_desktop.training.losses import segmentation_loss
from urwkv_desktop.training.machine import make_fabric
from urwkv_desktop.training.memory import keep_freed_memory
from urwkv_desktop.training.progress import Pace, Progress, rate_at
from urwkv_desktop.training.recipe import Recipe, read_recipe
from urwkv_desktop.training.simulated import simulated
from urwkv_desktop.training.split import Split, chosen_split
from urwkv_desktop.training.state import RunningMean, State, read_checkpoint, save_weights
from urwkv_desktop.training.state_files import CHECKPOINT, replace
from urwkv_desktop.training.validate import held, score
from urwkv_desktop.training.vetting import refuse_twins, refuse_unlabelled

__all__ = ["Progress", "run"]

SAVE_EVERY_S = 300.0
TELL_EVERY_S = 2.0
SHORT_WARMING = 0.05


def run(
    recipe: Path,
    place: DataPlace | Path,
    out: Path,
    *,
    fold: int | None = None,
    resume: bool = False,
    start_from: Path | None = None,
    save_every_s: float = SAVE_EVERY_S,
    begun: Callable[[Split], None] = lambda split: None,
    report: Callable[[Progress], None] = lambda progress: None,
    stop: Callable[[], bool] = lambda: False,
) -> Progress:
    """Trains by a recipe and answers how it ended.

    `place`: a folder with its list, or images and masks. `fold` validates; without one what `chosen_split` says; folds
    that it made stand in folds.csv.
    `start_from`: weights of the same graph (safetensors). In `out`: weights.safetensors (the running mean),
    best.safetensors (the same at the best validation), run.json, curve.csv, curve.png, checkpoint.pt. Refuses a recipe,
    list, split or checkpoint that cannot be used. `begun` is told who trains and who validates. Under torchrun each
    process takes its share of every batch.
    """
    keep_freed_memory()
    asked = read_recipe(recipe)
    place = place if isinstance(place, DataPlace) else DataPlace(folder=place)
    split = chosen_split(keyed(read_cases(place), asked.channels, place.label), fold, asked.seed)
    refuse_twins(split)
    out.mkdir(parents=True, exist_ok=True)
    if asked.threads:
        torch.set_num_threads(asked.threads)
    torch.manual_seed(asked.seed)
    trainer = _Trainer(asked, split, out, start_from)
    if trainer.fabric.is_global_zero:
        begun(split)
        if split.folds:
            write_folds(split.folds, place, out / FILE)
    text = recipe.read_text(encoding="utf-8")
    if resume:
        trainer.resume(text)
    return trainer.train(text, save_every_s, report, stop)


class _Trainer:
    """One run, from its first or its next step to the end."""

    def __init__(self, recipe: Recipe, split: Split, out: Path, start_from: Path | None) -> None:
        self.recipe, self.split, self.out = recipe, split, out
        self.fabric = make_fabric(recipe.precision)
        network, optimiser = _fresh(recipe, start_from)
        # What runs forward and steps is wrapped by Fabric; what is saved and averaged is the network itself.
        self.forward: Any
        self.forward, self.optimiser = self.fabric.setup(network, optimiser)
        self.state = State(network, optimiser, RunningMean(network, recipe.optimiser.average))
        self.warm = SHORT_WARMING if start_from else recipe.optimiser.warm
        self.batches = self._batches(recipe.size_at(0))
        self.per_epoch = len(self.batches)
        _refuse_single(self.batches.size // self.fabric.world_size, recipe)
        self.validating = held(split.validation, recipe) if self.fabric.is_global_zero else ()
        self.pace = Pace()

    def resume(self, text: str) -> None:
        path = self.out / CHECKPOINT
        if not path.is_file():
            raise _refusal(Message("There is no checkpoint in {name}.", name=self.out.name))
        kept = read_checkpoint(path)
        if kept["recipe"] != text:
            raise _refusal(Message("The checkpoint belongs to a recipe that reads otherwise."))
        if kept.get("split", self.split.digest) != self.split.digest:  # an older checkpoint does not say
            raise _refusal(Message("The checkpoint was trained on other cases, or on another fold."))
        self.state.load(kept, self.fabric.device)

    @property
    def steps(self) -> int:
        return self.per_epoch * self.recipe.epochs

    @property
    def epoch(self) -> int:
        """The epoch of the next step, from 0."""
        return self.state.step // self.per_epoch

    def train(
        self, text: str, save_every_s: float, report: Callable[[Progress], None], stop: Callable[[], bool]
    ) -> Progress:
        state, size = self.state, self.recipe.size_at(0)
        saved = told = now = time.monotonic()
        while state.step < self.steps and not self._is_out_of_patience() and not self._all_stop(stop):
            epoch = self.epoch
            if self.recipe.size_at(epoch) != size:
                size = self.recipe.size_at(epoch)
                self.batches = self._batches(size)
            began = time.monotonic()
            self._step(epoch)
            self.pace.take(size, time.monotonic() - began)
            if state.step % self.per_epoch == 0:
                self._close_epoch(epoch, size)
            state.seconds += time.monotonic() - now
            now = time.monotonic()
            if now - told > TELL_EVERY_S:
                told = now
                self._tell("running", report)
            if now - saved >= save_every_s:
                saved = now
                self._save(text)
        self._save(text)
        is_done = state.step >= self.steps or self._is_out_of_patience()
        return self._tell("finished" if is_done else "stopped", report)

    def _save(self, text: str) -> None:
        if self.fabric.is_global_zero:
            self.state.save(self.out / CHECKPOINT, text, self.split.digest)

    def _all_stop(self, stop: Callable[[], bool]) -> bool:
        """The first process decides: one that left alone would keep the others waiting."""
        if self.fabric.world_size == 1:
            return stop()
        return bool(self.fabric.broadcast(stop() if self.fabric.is_global_zero else False))

    def _is_out_of_patience(self) -> bool:
        """Whether so many validations in a row were no better than the best one before them."""
        ious = [float(row["iou"]) for row in self.state.curve.rows if "iou" in row]
        return bool(self.recipe.patience and ious and len(ious) - 1 - ious.index(max(ious)) >= self.recipe.patience)

    def _batches(self, side: int) -> Batches:
        recipe = self.recipe
        spec = msgspec.structs.replace(recipe.input, width=side, height=side)
        kept = list(samples(self.split.train, spec, len(recipe.channels)))
        refuse_unlabelled([bool(one.labels.any()) for one in kept])
        kept += simulated(round(recipe.phantoms * len(kept)), spec, recipe.seed)
        batches = Batches(kept, spec, recipe.augmentation, size=recipe.optimiser.batch, seed=recipe.seed,
                          sampling=recipe.sampling)
        return batches.shared(self.fabric.global_rank, self.fabric.world_size)

    def _step(self, epoch: int) -> None:
        recipe, state = self.recipe, self.state
        batch = self.batches.batch(epoch, state.step % self.per_epoch)
        rate = rate_at(state.step, self.steps, recipe.optimiser.rate, self.warm)
        for group in state.optimiser.param_groups:
            group["lr"] = rate
        self.forward.train()
        pictures = batch.pictures.contiguous(memory_format=torch.channels_last)
        pictures, labels = self.fabric.to_device((pictures, batch.labels))
        loss = segmentation_loss(self.forward(pictures), labels, recipe.activation, recipe.loss)
        self.optimiser.zero_grad(set_to_none=True)
        self.fabric.backward(loss)
        if recipe.optimiser.clip:
            nn.utils.clip_grad_norm_(state.network.parameters(), recipe.optimiser.clip)
        self.optimiser.step()
        state.mean.take(state.network)
        state.losses.append(float(loss.detach()))
        state.step += 1

    def _close_epoch(self, epoch: int, size: int) -> None:
        """A row of the curve. The first process validates, and tells the others what it found."""
        state = self.state
        rate = rate_at(state.step - 1, self.steps, self.recipe.optimiser.rate, self.warm)
        row: dict[str, float | int | str] = {
            "epoch": epoch + 1,
            "size": size,
            "rate": round(rate, 7),
            "loss": round(sum(state.losses) / max(1, len(state.losses)), 5),
            "seconds": round(state.seconds, 1),
        }
        state.losses = []
        is_time = (epoch + 1) % self.recipe.validate_every == 0 or epoch + 1 == self.recipe.epochs
        if is_time and self.fabric.is_global_zero:
            row |= self._validated()
        if self.fabric.world_size > 1:
            row = self.fabric.broadcast(row)
        state.curve.rows.append(row)
        if self.fabric.is_global_zero:
            state.curve.write(self.out / "curve.csv")
            if is_time:
                draw_curve(state.curve.rows, self.out / "curve.png")

    def _validated(self) -> dict[str, float | int | str]:
        network = build_network_of(self.recipe)
        network.load_state_dict(self.state.mean.values)
        found = score(channels_last(network).to(self.fabric.device), self.validating, self.recipe)
        save_weights(self.state.mean.values, self.out / "weights.safetensors")
        if found.iou > self.state.best:
            self.state.best = found.iou
            save_weights(self.state.mean.values, self.out / "best.safetensors")
        return {
            "iou": round(found.iou, 5),
            "dice": round(found.dice, 5),
            "fired": found.fired,
            "empty": found.empty,
        }

    def _tell(self, word: str, report: Callable[[Progress], None]) -> Progress:
        state, rows = self.state, self.state.curve.rows
        recent = state.losses[-20:] or [float(row["loss"]) for row in rows[-1:]]
        last: dict[str, Any] = next((row for row in reversed(rows) if "iou" in row), {})
        left = self.pace.seconds_left(state.step, self.per_epoch, self.recipe.epochs, self.recipe.size_at)
        progress = Progress(
            state=word,
            pid=os.getpid(),
            epoch=min(self.recipe.epochs, self.epoch + 1),
            epochs=self.recipe.epochs,
            step=state.step,
            steps=self.steps,
            loss=round(sum(recent) / max(1, len(recent)), 4),
            iou=last.get("iou"),
            dice=last.get("dice"),
            fired=last.get("fired"),
            best=state.best if state.best >= 0 else None,
            elapsed_s=round(state.seconds, 1),
            eta_s=0.0 if word == "finished" else round(left, 1),
            split=str(self.split.said),
        )
        if self.fabric.is_global_zero:
            replace(self.out / "run.json", msgspec.json.format(msgspec.json.encode(progress)) + b"\n")
            report(progress)
        return progress


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


def _fresh(recipe: Recipe, start_from: Path | None) -> tuple[nn.Module, torch.optim.Optimizer]:
    network = build_network_of(recipe)
    if start_from is not None:
        _begin_with(network, start_from)
    network = channels_last(network)
    plain: list[nn.Parameter] = []
    decayed: list[nn.Parameter] = []
    for name, parameter in network.named_parameters():
        (decayed if parameter.ndim > 1 and "spatial_mix" not in name else plain).append(parameter)
    groups = [{"params": decayed, "weight_decay": recipe.optimiser.decay}, {"params": plain, "weight_decay": 0.0}]
    return network, torch.optim.AdamW(groups, lr=recipe.optimiser.rate)


def _begin_with(network: nn.Module, weights: Path) -> None:
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    try:
        network.load_state_dict(load_file(weights))
    except (RuntimeError, SafetensorError) as error:
        raise Refusal(
            tried=Message("Train the network."),
            cause=Message("The weights of {name} are not those of the recipe's network.", name=weights.parent.name),
            cure=Message("Begin with a model of the recipe's graph, variant and labels, or without --from."),
        ) from error


def _refuse_single(pictures: int, recipe: Recipe) -> None:
    """BatchNorm has nothing to average over where one picture is left with one cell at the network's bottleneck."""
    smallest = min(stage.size for stage in recipe.stages)
    if pictures > 1 or (pictures == 1 and smallest > STRIDE):
        return
    raise Refusal(
        tried=Message("Train the network."),
        cause=Message("Each process is left {count} picture of {size} pixels a step.", count=pictures,
                      size=smallest),
        cure=Message("Take larger batches or pictures, or fewer processes."),
    )


def _refusal(cause: Message) -> Refusal:
    return Refusal(
        tried=Message("Go on with a training run."),
        cause=cause,
        cure=Message("Start it anew, without --resume, or name the folder and recipe of the run."),
    )
