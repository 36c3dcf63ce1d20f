"""A lesson: a project's accepted cases teach the model that answered them; the new one is compared, and kept if wanted.

What stands in a lesson's folder: set/ (the export to learn from), lesson.toml (the recipe), what `train` leaves, model/
(the new model) and comparison.json. It lies anywhere but among the images, where its pictures would be taken for cases.
"""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec

from urwkv_desktop.imaging import Message, Refusal, Status
from urwkv_desktop.inference.card import read_card
from urwkv_desktop.inference.library import Model
from urwkv_desktop.inference.openvino_engine import give_way
from urwkv_desktop.inference.predictor import load_predictor
from urwkv_desktop.store.cases import CaseRow
from urwkv_desktop.store.location import find_project
from urwkv_desktop.store.project import Project
from urwkv_desktop.workflow.decoding import decode_worker
from urwkv_desktop.workflow.exporting import Wish, export_session, key_of, models_of
from urwkv_desktop.workflow.lesson_diary import LessonDiary
from urwkv_desktop.workflow.lessons import LessonData, train
from urwkv_desktop.workflow.models import find_model, library_of
from urwkv_desktop.workflow.packages import need
from urwkv_desktop.workflow.places import Places
from urwkv_desktop.workflow.samples import read_project_file

SET, RECIPE, MODEL, COMPARISON = "set", "lesson.toml", "model", "comparison.json"
_TRIED = Message("Teaching a model.")
_FAMILY = re.compile(r"-\d+$")
_PLACES = 12  # of a hash, as a command names it
Report = Callable[[int, int, str], None]


@dataclass(frozen=True)
class LessonWish:
    """project: a .urwkv file, or a folder that has one. out: the lesson's folder. model: None for the only one that has
    answered accepted cases. resume: goes on where the lesson in `out` was stopped. gently: gives way to the hand."""

    project: Path
    out: Path
    model: str | None = None
    resume: bool = False
    gently: bool = False


@dataclass(frozen=True)
class Learned:
    """name: of the new model, which is in `out`/model; comparison: training.comparing.Comparison on the cases that were
    kept aside. Both None where the lesson was stopped."""

    name: str | None = None
    comparison: Any = None


def learn(wish: LessonWish, places: Places, *, report: Report, stop: Callable[[], bool],
          say: Callable[[Message], None] = lambda message: None) -> Learned:
    """Exports, trains, publishes, compares, and keeps the lesson's diary. Raises Refusal; nothing is adopted by it."""
    need("torch", _TRIED)
    if wish.gently:
        give_way()
    path = find_project(wish.project, places.data)
    project = Project.open(path, lambda name, loop: None, read_only=True)
    try:
        _check_place(wish.out, project.root)
        diary = _diary(wish.out)

        def told(done: int, total: int, words: str) -> None:
            diary.note(done, total, words)
            report(done, total, words)

        try:
            learned = _learn(wish, project, places, diary, told, lambda: stop() or diary.is_asked_to_stop, say)
        except Refusal as refusal:
            diary.enter("refused", words=str(refusal))
            raise
        diary.enter("stopped" if learned.name is None else "finished", name=learned.name or "")
        return learned
    finally:
        project.close()


def _learn(wish: LessonWish, project: Project, places: Places, diary: LessonDiary, report: Report,
           stop: Callable[[], bool], say: Callable[[Message], None]) -> Learned:
    model = _model(wish.model, project.cases(), places)
    diary.enter("preparing", model=model.name)
    if not wish.resume or not (wish.out / RECIPE).is_file():
        _prepare(wish.out, model, project, places, lambda done, total: report(done, total, "exported"), stop)
    if stop():
        return Learned()
    diary.enter("learning")
    pinned = model.weights_sha256[:_PLACES]
    trained = train(str(wish.out / RECIPE), LessonData(data=wish.out / SET), wish.out, places=places, report=report,
                    start_from=f"{model.folder / 'model.safetensors'}@{pinned}", resume=wish.resume, stop=stop, say=say,
                    command=f"urwkv-desktop train {RECIPE} --data {SET} --from {model.name}@{pinned} --out .")
    if trained.model is None:
        return Learned()
    diary.enter("comparing")
    name = read_card(trained.model / "card.json").name
    return Learned(name, compare(wish.out, model, places, report, stop))


def compare(lesson: Path, before: Model, places: Places, report: Report, stop: Callable[[], bool]) -> Any:
    """Both models on the lesson's kept-aside cases; written down as comparison.json. Raises Refusal."""
    training, comparing = (import_module(f"urwkv_desktop.training.{part}") for part in ("evaluate", "comparing"))
    after = find_model(str(lesson / MODEL), places)[1]
    cases = _aside(lesson / SET, after)
    found = [training.evaluate(load_predictor(model, cache=places.cache), cases, len(model.card.channels),
                               report=lambda done, total: report(done, total, "compared"), stop=stop)
             for model in (before, after)]
    comparison = comparing.compared(*found)
    lines = msgspec.json.format(msgspec.json.encode({"model": before.name, "sha256": before.weights_sha256,
                                                     "new_model": after.name, "new_sha256": after.weights_sha256,
                                                     "is_no_worse": comparison.is_no_worse,
                                                     **msgspec.to_builtins(comparison)}), indent=2)
    (lesson / COMPARISON).write_bytes(lines + b"\n")
    return comparison


def adopt(lesson: Path, places: Places, *, anyway: bool = False) -> str:
    """The lesson's model joins the person's own; answers with its name. Refuses one that was found worse, unless
    `anyway`, and a name that is taken."""
    tried = Message("Adopting the model of {lesson}.", lesson=lesson.name)
    try:
        said = msgspec.json.decode((lesson / COMPARISON).read_bytes())
    except (OSError, msgspec.DecodeError) as error:
        raise Refusal(tried=tried, cause=Message("There is no finished lesson in {lesson}.", lesson=str(lesson)),
                      cure=Message("Name the folder that `learn --out` wrote.")) from error
    if not said.get("is_no_worse") and not anyway:
        raise Refusal(tried=tried, cause=Message("Its model is worse than {name} on the cases that were kept aside.",
                                                 name=said.get("model")),
                      cure=Message("Accept more cases and teach it again, or take it all the same with --anyway."))
    model = find_model(str(lesson / MODEL), places)[1]
    if any(one.name == model.name for one in library_of(places).models):
        raise Refusal(tried=tried, cause=Message("There is a model {name} already.", name=model.name),
                      cure=Message("Remove that one from your models first."))
    beside = places.user_models / f".{model.name}.part"
    try:
        shutil.rmtree(beside, ignore_errors=True)
        shutil.copytree(model.folder, beside)
        beside.rename(places.user_models / model.name)
    except OSError as error:
        raise Refusal(tried=tried, cause=Message("Your models' folder cannot be written: {reason}.",
                                                 reason=error.strerror or "error"),
                      cure=Message("Make room there, or make it writable.")) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return model.name


def family(name: str) -> str:
    """busi-3 is of the family busi: it was taught from it."""
    return _FAMILY.sub("", name)


def teachers(rows: Sequence[CaseRow]) -> dict[str, int]:
    """How many accepted cases each family of models has answered."""
    names = Counter(family(row.answered_by) for row in rows
                    if row.status is Status.accepted and not row.flag.excluded and row.answered_by)
    return dict(names.most_common())


def latest(wanted: str, names: Iterable[str]) -> str:
    """busi-10 of busi, busi-9 and busi-10; the family's own name where none of it is at hand."""
    mine = [name for name in names if family(name) == wanted]
    return max(mine, key=lambda name: (len(name), name), default=wanted)


def next_name(name: str, places: Places) -> str:
    """busi -> busi-2, which no model has yet."""
    taken = {model.name for model in library_of(places).models}
    number = 2
    while f"{family(name)}-{number}" in taken:
        number += 1
    return f"{family(name)}-{number}"


def _model(asked: str | None, rows: Sequence[CaseRow], places: Places) -> Model:
    """The model to be taught: the latest of its family that is at hand, unless it was named itself."""
    if asked is not None:
        return find_model(asked, places)[1]
    found = teachers(rows)
    if not found:
        raise Refusal(tried=_TRIED, cause=Message("No accepted case has been answered by a model."),
                      cure=Message("Accept cases that the network has looked at, then teach it."))
    if len(found) > 1:
        names = ", ".join(f"{name} ({count})" for name, count in found.items())
        raise Refusal(tried=_TRIED, cause=Message("Accepted cases are of several models: {names}.", names=names),
                      cure=Message("Say with --model which one is to be taught."))
    library, wanted = library_of(places), next(iter(found))
    return library.get(latest(wanted, [model.name for model in library.models]))


def _check_place(out: Path, root: Path) -> None:
    if out.resolve() == root.resolve() or root.resolve() in out.resolve().parents:
        raise Refusal(tried=_TRIED, cause=Message("{out} lies among the project's images, and would be taken for them.",
                                                  out=str(out)),
                      cure=Message("Name a folder elsewhere with --out."))


def _diary(out: Path) -> LessonDiary:
    try:
        return LessonDiary(out)
    except OSError as error:
        raise Refusal(tried=_TRIED, cause=Message("{out} cannot be written: {reason}.", out=str(out),
                                                  reason=error.strerror or "error"),
                      cure=Message("Name another folder, or make room there.")) from error


def _prepare(out: Path, model: Model, project: Project, places: Places, report: Callable[[int, int], None],
             stop: Callable[[], bool]) -> None:
    rows = [row for row in project.cases() if family(row.answered_by) == family(model.name)]
    wish = Wish(out / SET, ("training",), (Status.accepted,), key_of(places), models_of(places),
                answered_by=frozenset(row.answered_by for row in rows))
    worker = decode_worker(places)
    try:
        export_session(project, worker, read_project_file(project.root)[0], wish, report=report, stop=stop)
    finally:
        worker.close()
    if stop():
        return
    sides = Counter(row["split"] for row in import_module("urwkv_desktop.training.case_list").read_rows(
        out / SET / "cases.csv"))
    if not all(sides[word] for word in ("train", "validation", "test")):
        raise Refusal(tried=_TRIED,
                      cause=Message("Of the accepted cases {train} would train, {validation} validate and {test} be "
                                    "kept aside to compare.", train=sides["train"], validation=sides["validation"],
                                    test=sides["test"]),
                      cure=Message("Accept more cases: of ten, about one validates and one is kept aside."))
    slices = sum(row.shape[0] if row.shape else 1 for row in rows if wish.takes(row))
    teaching, recipes = (import_module(f"urwkv_desktop.training.{part}") for part in ("fine_tuning", "recipe"))
    like = places.resources / "recipes" / f"{family(model.name)}.toml"
    recipe = teaching.fine_tuning(model.card, next_name(model.name, places), round(0.8 * slices),
                                  recipes.read_recipe(like) if like.is_file() else None)
    teaching.write_recipe(recipe, out / RECIPE)


def _aside(folder: Path, model: Model) -> list[Any]:
    cases = import_module("urwkv_desktop.training.cases")
    found = cases.keyed(cases.read_cases(cases.DataPlace(folder=folder)), model.card.channels)
    return [case for case in found if case.split == "test"]
