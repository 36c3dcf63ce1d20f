"""Training and evaluation as the shell starts them; torch is loaded by calling, never by importing this module."""

import hashlib
import re
import shlex
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec

from urwkv_desktop.imaging import Channel, Message, Refusal
from urwkv_desktop.inference.predictor import Device, label_channels, load_predictor
from urwkv_desktop.workflow.models import find_model
from urwkv_desktop.workflow.packages import need
from urwkv_desktop.workflow.places import Places

_LESSON = Message("Training or evaluating.")
_NAMED = 8  # of several files
_PINNED = 12  # hexadecimal places of a hash, as a command names it
_HASH = re.compile("@[0-9a-fA-F]{8,64}$")


@dataclass(frozen=True)
class LessonData:
    """Where images and masks are: `data` is a folder with folds.csv or cases.csv; or two folders. fold validates.

    more: further folders like `data`, for training on several sets at once. label: the one label of the masks that
    counts.
    """

    data: Path | None = None
    images: Path | None = None
    masks: Path | None = None
    folds: Path | None = None
    fold: int | None = None
    more: tuple[Path, ...] = ()
    label: str = ""

    def place(self) -> Any:
        """training.cases.DataPlace. Raises Refusal where too little or a folder that is not there was named."""
        if self.data is None and (self.images is None or self.masks is None):
            raise _unusable(Message("Neither --data nor --images with --masks was named."))
        for path in (self.data, self.images, self.masks, self.folds, *self.more):
            if path is not None and not path.exists():
                raise _unusable(Message("There is no {name}.", name=str(path)))
        if self.more and (self.folds or self.images or self.masks):
            raise _unusable(Message("Several --data go neither with --images and --masks nor with --folds."))
        if self.folds is not None and self.fold is None:
            raise _unusable(Message("--folds needs --fold K: the rows that validate."))
        cases = import_module("urwkv_desktop.training.cases")
        return cases.DataPlace(folder=self.data, images=self.images, masks=self.masks, folds=self.folds,
                               more=self.more, label=self.label)


@dataclass(frozen=True)
class Trained:
    """state: finished or stopped. model: the folder of the published model, None where it was stopped."""

    state: str
    model: Path | None = None
    iou: float | None = None


def train(recipe: str | None, data: LessonData, out: Path, *, places: Places, start_from: str | None = None,
          resume: bool = False, command: str = "", report: Callable[[int, int, str], None],
          stop: Callable[[], bool], say: Callable[[Message], None] = lambda message: None) -> Trained:
    """Runs a recipe (a file, or the name of a bundled one) and publishes what came of it in OUT. Raises Refusal.

    say: told at the beginning who trains and who validates.
    """
    need("torch", _LESSON)
    loop, place = import_module("urwkv_desktop.training.loop"), data.place()
    file = _recipe_file(recipe, places)
    weights = _weights(start_from, places) if start_from else None
    try:
        ended = loop.run(file, place, out, fold=data.fold, resume=resume, start_from=weights, stop=stop,
                         begun=lambda split: _begun(data, split, out, say),
                         report=lambda progress: report(progress.step, progress.steps, _words(progress)))
        if ended.state != "finished" or not import_module("urwkv_desktop.training.machine").is_first_process():
            return Trained(ended.state)
        notes = {"epochs": ended.epoch, "steps": ended.step, "hours": round(ended.elapsed_s / 3600, 2)}
        return _published(file, place, out, data, command, weights, notes)
    except OSError as error:
        raise Refusal(tried=Message("Training."), cause=Message("{out} cannot be written: {reason}.", out=str(out),
                                                                reason=error.strerror or "error"),
                      cure=Message("Name another folder, or make room there.")) from error


@dataclass(frozen=True)
class Wishes:
    """What else an evaluation leaves or leaves out, and how the network looks. tolerance: of the surface Dice, mm or
    pixels. flips: mirror images are averaged in."""

    csv: Path | None = None
    worst: Path | None = None
    without_flagged: bool = False
    tolerance: float | None = None
    device: Device = "auto"
    flips: bool = False


def evaluate(name: str, data: LessonData, *, places: Places, report: Callable[[int, int], None],
             stop: Callable[[], bool], wishes: Wishes | None = None) -> dict[str, Any]:
    """What `evaluate --json` prints (ARCHITECTURE.md, Names); a case that cannot be measured stands in `refused` with
    its reason. engine: what looked; notes: of it and of images without a mask. Raises Refusal where nothing can be
    begun."""
    wishes = wishes or Wishes()
    need("edt", _LESSON)
    for file in (wishes.csv, wishes.worst):
        if file is not None and not file.absolute().parent.is_dir():
            raise _unwritable(file, "there is no such folder")
    training, worst = (import_module(f"urwkv_desktop.training.{part}") for part in ("evaluate", "worst"))
    _, model = find_model(name, places)
    cases = _cases_of(data, label_channels(model.card), without_flagged=wishes.without_flagged)
    predictor = load_predictor(model, device=wishes.device, cache=places.cache, flips=wishes.flips)
    watch = worst.Worst()
    found = training.evaluate(predictor, cases, len(predictor.channels), tolerance=wishes.tolerance, goes_on=True,
                              watch=watch, report=report, stop=stop)
    try:
        if wishes.csv is not None:
            import_module("urwkv_desktop.training.score_files").write_csv(found, wishes.csv)
        if wishes.worst is not None:
            watch.write(wishes.worst)
    except OSError as error:
        raise _unwritable(Path(error.filename or ""), error.strerror or "error") from error
    notes = [str(note) for note in (*_without_mask(data), *(finding.message for finding in predictor.findings))]
    return {**msgspec.to_builtins(found), "engine": predictor.engine.name, "flips": predictor.flips, "notes": notes}


def _begun(data: LessonData, split: Any, out: Path, say: Callable[[Message], None]) -> None:
    for note in (*_without_mask(data), _divided(split, out)):
        say(note)


def _without_mask(data: LessonData) -> tuple[Message, ...]:
    """Which images are no cases because there is no mask for them; nothing where a list names the cases."""
    names = import_module("urwkv_desktop.training.cases").without_mask(data.place())
    shown = ", ".join(names[:_NAMED]) + " …" * (len(names) > _NAMED)
    said = Message("{count} images have no mask and are left out: {names}.", count=len(names), names=shown)
    return (said,) if names else ()


def _cases_of(data: LessonData, labels: tuple[Channel, ...], *, without_flagged: bool) -> list[Any]:
    """--fold names the rows; without it the column `split` rules (test); without that all are meant."""
    reading = import_module("urwkv_desktop.training.cases")
    cases = list(reading.read_cases(data.place(), all_there=False))
    if data.fold is not None:
        cases = [case for case in cases if case.fold == data.fold]
    elif any(case.split for case in cases):
        cases = [case for case in cases if case.split == "test"]
    if without_flagged:
        cases = [case for case in cases if not case.flags]
    if not cases:
        raise _unusable(Message("The list has no case to evaluate: none of the fold, or none whose split is test."))
    return list(reading.keyed(cases, labels, data.label))


def _published(recipe: Path, place: Any, out: Path, data: LessonData, command: str, weights: Path | None,
               trained: dict[str, float]) -> Trained:
    publish = import_module("urwkv_desktop.training.publish")
    target = out / "model"
    parent = None if weights is None else _sha256(weights)
    command = command if weights is None else pinned(command, weights)
    published = publish.publish(out, recipe, place, target, fold=data.fold, command=command, parent=parent,
                                notes={"trained": trained})
    return Trained("finished", target, published.score.iou_mean)


def _divided(split: Any, out: Path) -> Message:
    sides = {"train": len(split.train), "validation": len(split.validation), "how": split.said}
    if not split.folds:
        return Message("{train} cases train and {validation} validate: {how}.", **sides)
    return Message("{train} cases train and {validation} validate: {how}. {file} repeats it, with --folds and --fold.",
                   file=out / "folds.csv", **sides)


def _words(progress: Any) -> str:
    words = f"epoch {progress.epoch} of {progress.epochs}, loss {progress.loss:.3f}"
    if progress.iou is not None:
        words += f", IoU {progress.iou:.3f}"
    return f"{words}, {_span(progress.eta_s)} left" if progress.eta_s else words


def _span(seconds: float) -> str:
    """1:05 h, or 12 min, or 40 s."""
    minutes = round(seconds / 60)
    if minutes >= 60:
        return f"{minutes // 60}:{minutes % 60:02d} h"
    return f"{minutes} min" if minutes else f"{seconds:.0f} s"


def _recipe_file(recipe: str | None, places: Places) -> Path:
    bundled = places.resources / "recipes"
    names = sorted(file.stem for file in bundled.glob("*.toml"))
    if recipe is None:
        raise Refusal(tried=Message("Training."), cause=Message("No recipe was named."),
                      cure=Message("Name a recipe's file, or one of: {names}.", names=", ".join(names)))
    if recipe in names:
        return bundled / f"{recipe}.toml"
    if Path(recipe).is_file():
        return Path(recipe)
    raise Refusal(tried=Message("Training."), cause=Message("There is no recipe {name}.", name=recipe),
                  cure=Message("Name a recipe's file, or one of: {names}.", names=", ".join(names)))


def _weights(asked: str, places: Places) -> Path:
    """The weights of a model by its name, or a file of weights; behind an @ the beginning of the SHA-256 that they must
    have, since a model of one name may be replaced by a better one. Raises Refusal."""
    name, _, wanted = asked.rpartition("@") if _HASH.search(asked) else (asked, "", "")
    file = Path(name) if name.endswith(".safetensors") else find_model(name, places)[1].folder / "model.safetensors"
    if wanted and not (have := _sha256(file)).startswith(wanted.lower()):
        raise Refusal(tried=Message("Training."),
                      cause=Message("The weights of {name} are {have}, and those of {wanted} were asked for.",
                                    name=name, have=have[:_PINNED], wanted=wanted),
                      cure=Message("Take the weights of that time (docs/models.md tells how), or leave out the @."))
    return file


def pinned(command: str, weights: Path) -> str:
    """The command with the hash of the weights that it began with behind their name: what can be repeated, or refused,
    once another model has that name."""
    words = shlex.split(command)
    for place, word in enumerate(words):
        is_next, is_same = place and words[place - 1] == "--from", word.startswith("--from=")
        if (is_next or is_same) and not _HASH.search(word):
            words[place] = f"{word}@{_sha256(weights)[:_PINNED]}"
    return shlex.join(words)


def _sha256(file: Path) -> str:
    """Raises Refusal."""
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError as error:
        raise Refusal(tried=Message("Training."),
                      cause=Message("The weights {name} can't be read: {reason}.", name=file.name,
                                    reason=error.strerror or "error"),
                      cure=Message("Name a model, or a file that is there.")) from error


def _unwritable(file: Path, reason: str) -> Refusal:
    return Refusal(tried=Message("Writing what the evaluation found."),
                   cause=Message("{file} cannot be written: {reason}.", file=str(file), reason=reason),
                   cure=Message("Name a file in a folder that is there and can be written."))


def _unusable(cause: Message) -> Refusal:
    return Refusal(tried=Message("Reading images and masks."), cause=cause,
                   cure=Message("See urwkv-desktop train --help."))
