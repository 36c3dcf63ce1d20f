"""Training and evaluation as the shell starts them; torch is loaded by calling, never by importing this module."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

from urwkv_desktop.imaging import Message, Refusal
from urwkv_desktop.workflow.models import library_of
from urwkv_desktop.workflow.places import Places


@dataclass(frozen=True)
class LessonData:
    """Where images and masks are: `data` is a folder with folds.csv or cases.csv; or two folders. fold validates."""

    data: Path | None = None
    images: Path | None = None
    masks: Path | None = None
    folds: Path | None = None
    fold: int | None = None

    def place(self, training: ModuleType) -> Any:
        """training.cases.DataPlace. Raises Refusal where too little or a folder that is not there was named."""
        if self.data is None and (self.images is None or self.masks is None):
            raise _unusable(Message("Neither --data nor --images with --masks was named."))
        for path in (self.data, self.images, self.masks, self.folds):
            if path is not None and not path.exists():
                raise _unusable(Message("There is no {name}.", name=str(path)))
        if self.folds is not None and self.fold is None:
            raise _unusable(Message("--folds needs --fold K: the rows that validate."))
        return training.DataPlace(folder=self.data, images=self.images, masks=self.masks, folds=self.folds)


def train(recipe: str | None, data: LessonData, out: Path, *, places: Places, start_from: str | None = None,
          resume: bool = False, report: Callable[[int, int, str], None] | None = None,
          stop: Callable[[], bool] | None = None) -> str:
    """Runs a recipe (a file, or the name of a bundled one); returns how it ended. Raises Refusal."""
    loop = _torch_module("training.loop")
    place = data.place(import_module("urwkv_desktop.training.cases"))
    weights = _weights(start_from, places) if start_from else None

    def told(progress: Any) -> None:
        if report is not None:
            report(progress.step, progress.steps, _words(progress))

    try:
        ended = loop.run(_recipe_file(recipe, places), place, out, fold=data.fold, resume=resume, start_from=weights,
                         report=told, stop=stop or (lambda: False))
    except OSError as error:
        raise Refusal(tried=Message("Training."), cause=Message("{out} cannot be written: {reason}.", out=str(out),
                                                                reason=error.strerror or "error"),
                      cure=Message("Name another folder, or make room there.")) from error
    return str(ended.state)


def _words(progress: Any) -> str:
    words = f"epoch {progress.epoch} of {progress.epochs}, loss {progress.loss:.3f}"
    return words if progress.iou is None else f"{words}, IoU {progress.iou:.3f}"


def _recipe_file(recipe: str | None, places: Places) -> Path:
    bundled = places.resources / "recipes"
    names = sorted(file.stem for file in bundled.glob("*.toml"))
    if recipe is None:
        raise Refusal(tried=Message("Training."), cause=Message("No recipe was named."),
                      cure=Message("Name a recipe's file, or one of: {names}.", names=", ".join(names)))
    if recipe in names:
        return bundled / f"{recipe}.toml"
    return Path(recipe)


def _weights(name: str, places: Places) -> Path:
    """The weights of a model by its name, or a file of weights."""
    if name.endswith(".safetensors"):
        return Path(name)
    return library_of(places).get(name).folder / "model.safetensors"


def _torch_module(name: str) -> ModuleType:
    if find_spec("torch") is None:
        raise Refusal(tried=Message("Training or evaluating."),
                      cause=Message("This needs PyTorch, which is not installed here."),
                      cure=Message("Install it with: pip install 'urwkv-desktop[train]'."))
    return import_module(f"urwkv_desktop.{name}")


def _unusable(cause: Message) -> Refusal:
    return Refusal(tried=Message("Reading images and masks."), cause=cause,
                   cure=Message("See urwkv-desktop train --help."))
