"""A lesson as the window sees it: begun as a process of its own, which goes on when the window is closed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from urwkv_desktop.imaging import Message, Refusal
from urwkv_desktop.store.cases import CaseRow
from urwkv_desktop.workflow.learning import COMPARISON, adopt, family, latest, teachers
from urwkv_desktop.workflow.lesson_diary import STATE, STOP, LessonState, ask_to_stop, read_state
from urwkv_desktop.workflow.packages import need
from urwkv_desktop.workflow.places import Places

_TRIED = Message("Teaching a model.")
LOG = "lesson.log"

# By the lesson's folder: what this program began, whichever project it has open now. The system keeps a process that
# has ended until its parent has asked for it.
_begun: dict[Path, subprocess.Popen[bytes]] = {}


@dataclass(frozen=True)
class Offer:
    """A model that can be taught, and by how many accepted cases."""

    model: str
    cases: int


@dataclass(frozen=True)
class Verdict:
    """What comparing found on the cases that were kept aside. falls: (case, Dice before, Dice after)."""

    n: int
    before: float
    after: float
    lo: float
    hi: float
    better: int
    falls: tuple[tuple[str, float, float], ...]
    empty: int
    fired_before: int
    fired_after: int
    is_no_worse: bool


class Teaching:
    """Of one project. rows: its cases now; models: the names of those at hand; is_saved: whether every stroke is on the
    disk, which is what a lesson reads."""

    def __init__(self, project: Path, project_id: str, places: Places, *, rows: Callable[[], Sequence[CaseRow]],
                 models: Callable[[], Sequence[str]], is_saved: Callable[[], bool]) -> None:
        self._project, self._id, self._places = project, project_id, places
        self._rows, self._models, self._is_saved = rows, models, is_saved

    @property
    def why_not(self) -> Refusal | None:
        """What is missing here for teaching at all."""
        try:
            need("torch", _TRIED)
        except Refusal as refusal:
            return refusal
        return None

    @property
    def offers(self) -> tuple[Offer, ...]:
        """Most cases first; of each family its latest model."""
        names = tuple(self._models())
        return tuple(Offer(latest(one, names), count) for one, count in teachers(self._rows()).items())

    def folder(self, model: str) -> Path:
        """Of the lesson of this model's family."""
        return self._places.data / "lessons" / f"{self._id[:12]}-{family(model)}"

    def state(self, model: str) -> LessonState | None:
        process = _begun.get(self.folder(model))
        has_ended = process is not None and process.poll() is not None  # asked first: the system lets go of it then
        state = read_state(self.folder(model))
        if state is not None or process is None:
            return state
        return LessonState("refused", model, words=self._last_words(model)) if has_ended else \
            LessonState("preparing", model)

    def begin(self, model: str, *, resume: bool = False) -> None:
        """The latest of the model's family is taught. Raises Refusal where nothing can be begun."""
        if not self._is_saved():
            raise Refusal(tried=_TRIED, cause=Message("The last strokes are not on the disk yet."),
                          cure=Message("Wait until the dot is solid, then teach it."))
        folder, state = self.folder(model), self.state(model)
        if state is not None and state.is_at_work:
            return  # another window has begun it
        taught = latest(family(model), self._models())
        words = ["learn", str(self._project), "--out", str(folder), "--model", taught, "--gently"]
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for name in (STATE, STOP, *(() if resume else (COMPARISON,))):  # an earlier lesson's
                (folder / name).unlink(missing_ok=True)
            with (folder / LOG).open("wb") as log:
                _begun[folder] = subprocess.Popen(
                    [*_program(), *words, *(["--resume"] if resume else [])], stdin=subprocess.DEVNULL, stdout=log,
                    stderr=log, start_new_session=True)
        except OSError as error:
            raise Refusal(tried=_TRIED, cause=Message("{out} cannot be written: {reason}.", out=str(folder),
                                                      reason=error.strerror or "error"),
                          cure=Message("Make room there, or make it writable.")) from error

    def _last_words(self, model: str) -> str:
        """Of a process that ended before it could keep its diary."""
        try:
            lines = (self.folder(model) / LOG).read_text("utf-8", errors="replace").splitlines()
        except OSError:
            lines = []
        return lines[-1] if lines else ""

    def stop(self, model: str) -> None:
        ask_to_stop(self.folder(model))

    def verdict(self, model: str) -> Verdict | None:
        """None where nothing was compared yet."""
        try:
            said: Mapping[str, Any] = msgspec.json.decode((self.folder(model) / COMPARISON).read_bytes())
            falls = tuple((str(one["id"]), float(one["before"]), float(one["after"])) for one in said["falls"])
            plain = {name: said[name] for name in Verdict.__dataclass_fields__ if name != "falls"}
        except (OSError, KeyError, ValueError, msgspec.MsgspecError):
            return None
        return Verdict(falls=falls, **plain)

    def is_adopted(self, name: str) -> bool:
        return name in self._models()

    def minutes_left(self, model: str) -> int | None:
        """Of the training; None where that is not known yet."""
        try:
            said: Mapping[str, Any] = msgspec.json.decode((self.folder(model) / "run.json").read_bytes())
        except (OSError, msgspec.MsgspecError):
            return None
        left = said.get("eta_s")
        return max(1, round(left / 60)) if isinstance(left, (int, float)) and said.get("state") == "running" else None

    def adopt(self, model: str) -> str:
        """The new model, whatever was found: the person has seen it. Answers with its name. Raises Refusal."""
        return adopt(self.folder(model), self._places, anyway=True)


def _program() -> list[str]:
    """How this program is started: a frozen one is its own interpreter."""
    return [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "urwkv_desktop"]
