"""What a lesson made: compared with the model that was taught, and taken among the person's own models when wanted."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec

from urwkv_desktop.imaging import Message, Refusal
from urwkv_desktop.inference.card import write_card
from urwkv_desktop.inference.library import Model, ModelLibrary, family, number
from urwkv_desktop.inference.predictor import load_predictor
from urwkv_desktop.inference.vetting import CARD
from urwkv_desktop.training.comparison import Comparison
from urwkv_desktop.training.state_files import replace
from urwkv_desktop.workflow.models import find_model, library_of
from urwkv_desktop.workflow.places import Places

SET, MODEL, COMPARISON = "set", "model", "comparison.json"


def compare(lesson: Path, before: Model, places: Places, report: Callable[[int, int], None],
            stop: Callable[[], bool]) -> Comparison | None:
    """Both models on the lesson's kept-aside cases; written down as comparison.json, which says by itself whether the
    new one is no worse. None where it was stopped. Raises Refusal."""
    training, comparing = (import_module(f"urwkv_desktop.training.{part}") for part in ("evaluate", "comparing"))
    after = find_model(str(lesson / MODEL), places)[1]
    cases = _aside(lesson / SET, after)
    found = []
    for model in (before, after):
        found.append(training.evaluate(load_predictor(model, cache=places.cache), cases, len(model.card.channels),
                                       goes_on=True, report=report, stop=stop))
        if stop():
            return None
    comparison: Comparison = msgspec.structs.replace(
        comparing.compared(*found), model=before.name, sha256=before.weights_sha256, new_model=after.name,
        new_sha256=after.weights_sha256)
    said = {**msgspec.to_builtins(comparison), "is_no_worse": comparison.is_no_worse}
    replace(lesson / COMPARISON, msgspec.json.format(msgspec.json.encode(said), indent=2) + b"\n")
    return comparison


def read_comparison(lesson: Path) -> Comparison | None:
    """None where nothing was compared."""
    try:
        return msgspec.json.decode((lesson / COMPARISON).read_bytes(), type=Comparison)
    except (OSError, msgspec.MsgspecError):
        return None


def adopt(lesson: Path, places: Places, *, anyway: bool = False) -> str:
    """The lesson's model joins the person's own, under the next name of its family that is free; answers with it.
    Refuses one that was found worse, unless `anyway`, and one that is there already."""
    tried = Message("Adopting the model of {lesson}.", lesson=lesson.name)
    found = read_comparison(lesson)
    if found is None or not (lesson / MODEL / CARD).is_file():
        raise Refusal(tried=tried, cause=Message("There is no finished lesson in {lesson}.", lesson=str(lesson)),
                      cure=Message("Name the folder that `learn --out` wrote."))
    if not found.is_no_worse and not anyway:
        raise Refusal(tried=tried, cause=Message("Its model is worse than {name} on the cases that were kept aside.",
                                                 name=found.model),
                      cure=Message("Accept more cases and teach it again, or take it all the same with --anyway."))
    model, library = find_model(str(lesson / MODEL), places)[1], library_of(places)
    if model.weights_sha256 != found.new_sha256:
        raise Refusal(tried=tried, cause=Message("Its model is another one than the one that was compared."),
                      cure=Message("Teach it again."))
    there = next((one for one in library.models if one.weights_sha256 == model.weights_sha256), None)
    if there is not None:
        raise Refusal(tried=tried, cause=Message("It is among the models already, as {name}.", name=there.name),
                      cure=Message("Nothing more is to be done."))
    name = next_name(model.name, library)
    try:
        _copy(model, name, places.user_models)
    except OSError as error:
        raise Refusal(tried=tried, cause=Message("Your models' folder cannot be written: {reason}.",
                                                 reason=error.strerror or "error"),
                      cure=Message("Make room there, or make it writable.")) from error
    return name


def next_name(name: str, library: ModelLibrary) -> str:
    """busi -> busi-2, busi-2 -> busi-3: the number after the highest of the family."""
    numbers = [number(one.name) for one in library.models if family(one.name) == family(name)]
    return f"{family(name)}-{max(numbers, default=1) + 1}"


def _copy(model: Model, name: str, folder: Path) -> None:
    beside = folder / f".{name}.part"
    shutil.rmtree(beside, ignore_errors=True)
    try:
        shutil.copytree(model.folder, beside)
        write_card(msgspec.structs.replace(model.card, name=name), beside / CARD)
        beside.rename(folder / name)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _aside(folder: Path, model: Model) -> list[Any]:
    cases = import_module("urwkv_desktop.training.cases")
    found = cases.keyed(cases.read_cases(cases.DataPlace(folder=folder), all_there=False), model.card.channels)
    return [case for case in found if case.split == "test"]
