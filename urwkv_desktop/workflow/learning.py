"""A lesson: a project's accepted cases teach the model that answered them.

What stands in a lesson's folder: set/ (the export to learn from), lesson.toml (the recipe), what `train` leaves, model/
(the new model), comparison.json, lesson.json (how far it is). It lies anywhere but among the images, where its pictures
would be taken for cases.
"""

from __future__ import annotations

import shlex
import shutil
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import msgspec

from urwkv_desktop.formats.export import ExportReport
from urwkv_desktop.imaging import Message, Refusal, Status
from urwkv_desktop.inference.card import read_card, write_card
from urwkv_desktop.inference.library import Model, family, latest
from urwkv_desktop.inference.openvino_engine import give_way
from urwkv_desktop.inference.vetting import CARD, WEIGHTS
from urwkv_desktop.store.cases import CaseRow
from urwkv_desktop.store.location import find_project
from urwkv_desktop.store.project import Project
from urwkv_desktop.training.comparison import Comparison
from urwkv_desktop.training.state_files import CHECKPOINT
from urwkv_desktop.workflow.adopting import COMPARISON, MODEL, SET, compare, next_name
from urwkv_desktop.workflow.decoding import decode_worker
from urwkv_desktop.workflow.exporting import Wish, export_session, key_of, models_of
from urwkv_desktop.workflow.lesson_diary import STATE, LessonDiary, LessonState, held, read_state
from urwkv_desktop.workflow.lessons import LessonData, train
from urwkv_desktop.workflow.models import find_model, library_of
from urwkv_desktop.workflow.packages import need
from urwkv_desktop.workflow.places import Places
from urwkv_desktop.workflow.samples import read_project_file
from urwkv_desktop.workflow.split import split_of

RECIPE, LOG = "lesson.toml", "lesson.log"
_SIDES = ("train", "validation", "test")
_TRIED = Message("Teaching a model.")
_LEFT = (SET, MODEL, RECIPE, COMPARISON, CHECKPOINT, "weights.safetensors", "best.safetensors", "run.json", "curve.csv",
         "curve.png")  # by a lesson; a new one begins without
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
    """comparison: of the new model, which is in `out`/model, on the cases that were kept aside; None where the lesson
    was stopped."""

    comparison: Comparison | None = None

    @property
    def name(self) -> str | None:
        return None if self.comparison is None else self.comparison.new_model


def learn(wish: LessonWish, places: Places, *, report: Report, stop: Callable[[], bool],
          say: Callable[[Message], None] = lambda message: None) -> Learned:
    """Exports, trains, publishes, compares, and keeps the lesson's diary. Raises Refusal; nothing is adopted by it."""
    need("torch", _TRIED)
    if wish.gently:
        give_way()
    project = Project.open(find_project(wish.project, places.data), lambda name, loop: None, read_only=True)
    try:
        _check_place(wish.out, project.root)
        with held(wish.out) as is_ours:
            if not is_ours:
                raise Refusal(tried=_TRIED, cause=Message("A lesson is at work in {out} already.", out=str(wish.out)),
                              cure=Message("Wait for its end, or stop it."))
            return _Lesson(wish, project, places, report, stop, say).run()
    except OSError as error:
        raise Refusal(tried=_TRIED, cause=Message("{out} cannot be written: {reason}.", out=str(wish.out),
                                                  reason=error.strerror or "error"),
                      cure=Message("Choose another folder, or make room there.")) from error
    finally:
        project.close()


def teachers(rows: Sequence[CaseRow]) -> dict[str, int]:
    """How many accepted cases each family of models has answered, most first."""
    names = Counter(family(row.answered_by) for row in rows if _may_teach(row))
    return dict(names.most_common())


def sides(rows: Sequence[CaseRow], model: str, key: bytes) -> Counter[str]:
    """How many of a family's accepted cases would train, validate and be kept aside (train, validation, test)."""
    return Counter(split_of(key, row.group or row.identity) for row in rows
                   if _may_teach(row) and family(row.answered_by) == family(model))


def lacking(on: Mapping[str, int]) -> Refusal | None:
    """Why a lesson refuses whose sides are not all there."""
    if all(on.get(word) for word in _SIDES):
        return None
    return Refusal(tried=_TRIED,
                   cause=Message("Of the accepted cases {train} would train, {validation} validate and {test} be kept "
                                 "aside to compare.", **{word: on.get(word, 0) for word in _SIDES}),
                   cure=Message("Accept more cases: of ten, about one validates and one is kept aside. Thirty usually "
                                "do."))


def _may_teach(row: CaseRow) -> bool:
    return row.status is Status.accepted and not row.flag.excluded and bool(row.answered_by)


class _Lesson:
    """One that holds its folder's lock."""

    def __init__(self, wish: LessonWish, project: Project, places: Places, report: Report, stop: Callable[[], bool],
                 say: Callable[[Message], None]) -> None:
        self._wish, self._out, self._project, self._places, self._say = wish, wish.out, project, places, say
        self._report, self._asked_to_stop = report, stop
        before = read_state(wish.out)
        is_prepared = (wish.out / RECIPE).is_file() and before is not None and before.sha256
        self._before = before if wish.resume and is_prepared else None
        self._diary = LessonDiary(wish.out)

    def run(self) -> Learned:
        try:
            learned = self._teach()
        except Refusal as refusal:
            self._diary.enter("refused", refusal=refusal)
            raise
        except Exception as error:
            self._diary.enter("died", words=f"{type(error).__name__}: {error}")
            raise
        self._diary.enter("stopped" if learned.comparison is None else "finished")
        return learned

    def _teach(self) -> Learned:
        model = self._model() if self._before is None else self._model_before(self._before)
        self._diary.teach(model.name, model.weights_sha256)
        if self._before is None:
            self._prepare(model)
        if self._stop():
            return Learned()
        self._diary.enter("learning")
        trained = train(str(self._out / RECIPE), LessonData(data=self._out / SET), self._out, places=self._places,
                        start_from=str(model.folder / WEIGHTS),
                        resume=self._before is not None and (self._out / CHECKPOINT).is_file(), stop=self._stop,
                        command=f"urwkv-desktop train {RECIPE} --data {SET} --from {shlex.quote(model.name)} --out .",
                        say=self._say, report=self._told)
        if trained.model is None:
            return Learned()
        card = msgspec.structs.replace(read_card(trained.model / CARD), flips=model.card.flips)
        write_card(card, trained.model / CARD)  # a recipe has no word for how its model is to look
        self._diary.enter("comparing")
        return Learned(compare(self._out, model, self._places,
                               lambda done, total: self._told(done, total, "compared"), self._stop))

    def _stop(self) -> bool:
        return self._asked_to_stop() or self._diary.is_asked_to_stop

    def _told(self, done: int, total: int, words: str) -> None:
        self._diary.note(done, total)
        self._report(done, total, words)

    # ── what is taught ───────────────────────────────────────────────────────────────────────────────────────────

    def _model(self) -> Model:
        """The one that was named, or the latest of the only family that has answered accepted cases."""
        if self._wish.model is not None:
            return find_model(self._wish.model, self._places)[1]
        found = teachers(self._project.cases())
        if not found:
            raise _nothing_to_learn()
        if len(found) > 1:
            names = ", ".join(f"{name} ({count})" for name, count in found.items())
            raise Refusal(tried=_TRIED, cause=Message("Accepted cases are of several models: {names}.", names=names),
                          cure=Message("Say with --model which one is to be taught."))
        library, wanted = library_of(self._places), next(iter(found))
        return latest(wanted, library.models) or library.get(wanted)

    def _model_before(self, state: LessonState) -> Model:
        """The one that this lesson has taught until now, whatever has been adopted meanwhile."""
        models = library_of(self._places).models
        if self._wish.model is not None:
            models = (*models, find_model(self._wish.model, self._places)[1])
        for model in models:
            if model.weights_sha256 == state.sha256:
                return model
        raise Refusal(tried=_TRIED, cause=Message("The model {name} that this lesson taught is not there any more.",
                                                  name=state.model),
                      cure=Message("Begin the lesson anew."))

    # ── what it learns from ──────────────────────────────────────────────────────────────────────────────────────

    def _prepare(self, model: Model) -> None:
        _clear(self._out)
        rows = [row for row in self._project.cases() if family(row.answered_by) == family(model.name)]
        wish = Wish(self._out / SET, ("training",), (Status.accepted,), key_of(self._places), models_of(self._places),
                    answered_by=frozenset(row.answered_by for row in rows))
        taken = [row for row in rows if wish.takes(row)]
        if not taken:
            raise _nothing_to_learn()
        written = self._export(wish)
        if self._stop():
            return
        self._check_sides(written)
        slices = sum(row.shape[0] if row.shape else 1 for row in taken)
        teaching, recipes = (import_module(f"urwkv_desktop.training.{part}") for part in ("fine_tuning", "recipe"))
        like = self._places.resources / "recipes" / f"{family(model.name)}.toml"
        recipe = teaching.fine_tuning(model.card, next_name(model.name, library_of(self._places)), round(0.8 * slices),
                                      recipes.read_recipe(like) if like.is_file() else None)
        teaching.write_recipe(recipe, self._out / RECIPE)

    def _export(self, wish: Wish) -> ExportReport:
        worker = decode_worker(self._places)
        try:
            return export_session(self._project, worker, read_project_file(self._project.root)[0], wish,
                                  report=lambda done, total: self._told(done, total, "exported"), stop=self._stop)
        finally:
            worker.close()

    def _check_sides(self, written: ExportReport) -> None:
        """Refuses where a side has no case, and says what did not come along."""
        table = self._out / SET / "cases.csv"
        rows = import_module("urwkv_desktop.training.case_list").read_rows(table) if table.is_file() else ()
        lack = lacking(Counter(row["split"] for row in rows))
        left = dict(written.refused)
        if left:
            self._say(Message("{count} accepted cases could not be taken: {names}.", count=len(left),
                              names=", ".join(list(left)[:8])))
        if lack is None:
            return
        if left and not rows:
            raise next(iter(left.values()))
        raise lack


def _check_place(out: Path, root: Path) -> None:
    """A folder of the lesson's own, made where it is not there."""
    if out.resolve() == root.resolve() or root.resolve() in out.resolve().parents:
        raise Refusal(tried=_TRIED, cause=Message("{out} lies among the project's images, and would be taken for them.",
                                                  out=str(out)),
                      cure=Message("Choose a folder elsewhere."))
    out.mkdir(parents=True, exist_ok=True)
    if any(out.iterdir()) and not (out / STATE).is_file():
        raise Refusal(tried=_TRIED, cause=Message("{out} holds other things than a lesson.", out=str(out)),
                      cure=Message("Choose an empty folder, or one that is not there yet."))


def _clear(out: Path) -> None:
    """What an earlier lesson has left would be taken for this one's."""
    for name in _LEFT:
        if (out / name).is_dir():
            shutil.rmtree(out / name)
        else:
            (out / name).unlink(missing_ok=True)


def _nothing_to_learn() -> Refusal:
    return Refusal(tried=_TRIED, cause=Message("No accepted case has been answered by this model, or by any."),
                   cure=Message("Accept cases that the network has looked at, then teach it."))
