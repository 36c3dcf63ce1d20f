"""A faster form of a model that is there: int8, measured on cases whose masks are known."""

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import msgspec

from urwkv_desktop.imaging import Message, Refusal
from urwkv_desktop.inference.card import write_card
from urwkv_desktop.inference.library import Model
from urwkv_desktop.inference.predictor import label_channels
from urwkv_desktop.inference.vetting import CARD
from urwkv_desktop.workflow.lessons import LessonData
from urwkv_desktop.workflow.models import find_model
from urwkv_desktop.workflow.packages import need
from urwkv_desktop.workflow.places import Places


@dataclass(frozen=True)
class Quantised:
    """measured: by precision, as the card holds it. is_kept: the model has the int8 graph now."""

    measured: dict[str, dict[str, object]]
    is_kept: bool


def quantise(name: str, data: LessonData, *, keep: bool, places: Places,
             report: Callable[[Message], None] = lambda message: None) -> Quantised:
    """Calibrates on the cases of the other folds, measures on those of `data.fold`; `keep` changes the model's folder,
    where the cost is within the bound. Raises Refusal."""
    tried = Message("Make an int8 graph of {name}.", name=name)
    need("nncf", tried)
    _, model = find_model(name, places)
    reading = import_module("urwkv_desktop.training.cases")
    cases = reading.keyed(reading.read_cases(data.place()), label_channels(model.card), data.label)
    kept_apart = [case for case in cases if case.fold == data.fold]
    train = [case for case in cases if case.fold != data.fold]
    if data.fold is None or not kept_apart or not train:
        raise Refusal(tried=tried, cause=Message("It needs cases to calibrate on and others to measure on."),
                      cure=Message("Name a list of cases with folds, and one of them with --fold."))
    try:
        return _tried(model, train, kept_apart, keep, report)
    except OSError as error:
        raise Refusal(tried=tried, cause=Message("The model cannot be written: {reason}.",
                                                 reason=error.strerror or "error"),
                      cure=Message("Make room there, or copy the model to a folder of your own first.")) from error


def _tried(model: Model, train: list[object], kept_apart: list[object], keep: bool,
           report: Callable[[Message], None]) -> Quantised:
    """In a folder beside, so that the model is never half changed: files first, the card that names them last."""
    int8 = import_module("urwkv_desktop.training.int8")
    sha256 = import_module("urwkv_desktop.training.publish").sha256
    with tempfile.TemporaryDirectory() as beside:
        trial = int8.try_int8(model, train, kept_apart, Path(beside), report)
        if trial.is_kept and keep:
            made = sorted(Path(beside).glob("model.int8.*"))
            files = {**model.card.files, **{path.name: sha256(path) for path in made}}
            precisions = {**model.card.precisions, **trial.measured}
            for path in made:
                shutil.copyfile(path, model.folder / path.name)
            write_card(msgspec.structs.replace(model.card, files=files, precisions=precisions), model.folder / CARD)
    return Quantised(trial.measured, trial.is_kept and keep)
