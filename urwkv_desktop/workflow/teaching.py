"""A lesson as the window sees it: begun as a process of its own, which goes on when the window is closed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from urwkv_desktop.imaging import Message, Refusal
from urwkv_desktop.inference.library import Model, family, latest
from urwkv_desktop.store.cases import CaseRow
from urwkv_desktop.training.comparison import Comparison
from urwkv_desktop.training.state_files import CHECKPOINT, replace
from urwkv_desktop.workflow.adopting import adopt, read_comparison
from urwkv_desktop.workflow.exporting import key_of
from urwkv_desktop.workflow.learning import LOG, lacking, sides, teachers
from urwkv_desktop.workflow.lesson_diary import STATE, STOP, LessonState, ask_to_stop, read_state
from urwkv_desktop.workflow.packages import need
from urwkv_desktop.workflow.places import Places

__all__ = ["Comparison", "LessonState", "Offer", "Teaching"]

_TRIED = Message("Teaching a model.")


@dataclass(frozen=True)
class Offer:
    """A model that can be taught, and by how many accepted cases."""

    model: str
    cases: int


class Teaching:
    """Of one project. rows: its cases now; models: those at hand; is_saved: whether every stroke is on the disk, which
    is what a lesson reads."""

    def __init__(self, project: Path, project_id: str, places: Places, *, rows: Callable[[], Sequence[CaseRow]],
                 models: Callable[[], Sequence[Model]], is_saved: Callable[[], bool]) -> None:
        self._project, self._id, self._places = project, project_id, places
        self._rows, self._models, self._is_saved = rows, models, is_saved
        self._begun: dict[Path, subprocess.Popen[bytes]] = {}

    def close(self) -> None:
        """Lessons go on; what they become is in their diaries."""
        for process in self._begun.values():
            if process.poll() is None:
                process.returncode = 0  # otherwise Python complains of a process that nobody waits for

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
        """One for each family that has answered accepted cases: whose lesson is at work first, then most cases."""
        found = [Offer(self._latest(one), count) for one, count in teachers(self._rows()).items()]
        return tuple(sorted(found, key=lambda offer: not self._is_at_work(offer.model)))

    def lack(self, model: str) -> Refusal | None:
        """Why a lesson of this model would refuse now; None where its sides are all there."""
        try:
            return lacking(sides(self._rows(), model, key_of(self._places)))
        except Refusal as refusal:
            return refusal

    def _latest(self, wanted: str) -> str:
        found = latest(wanted, self._models())
        return wanted if found is None else found.name

    def _is_at_work(self, model: str) -> bool:
        state = self.state(model)
        return state is not None and state.is_at_work

    def folder(self, model: str) -> Path:
        """Of the lesson of this model's family."""
        return self._places.data / "lessons" / f"{self._id[:12]}-{family(model)}"

    def state(self, model: str) -> LessonState | None:
        process = self._begun.get(self.folder(model))
        is_running = process is not None and process.poll() is None
        state = read_state(self.folder(model))
        if state is None or state.phase != "died":
            return state
        if is_running:  # it has not come to its diary yet
            return msgspec.structs.replace(state, phase="preparing")
        return msgspec.structs.replace(state, words=state.words or self._last_words(model))

    def can_go_on(self, model: str) -> bool:
        """Whether anything that was learnt is kept."""
        return (self.folder(model) / CHECKPOINT).is_file()

    def begin(self, model: str, *, resume: bool = False) -> None:
        """The latest of the model's family is taught. Does nothing where it is at work. Raises Refusal."""
        if not self._is_saved():
            raise Refusal(tried=_TRIED, cause=Message("The last strokes are not on the disk yet."),
                          cure=Message("Wait until the dot is solid, then teach it."))
        folder, state = self.folder(model), self.state(model)
        if state is not None and state.is_at_work:
            return
        words = ["learn", str(self._project), "--out", str(folder), "--gently",
                 "--model", self._latest(family(model)), *(["--resume"] if resume else [])]
        known = (model, "") if state is None else (state.model, state.sha256)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / STOP).unlink(missing_ok=True)
            replace(folder / STATE, msgspec.json.encode(LessonState("preparing", *known)))
            with (folder / LOG).open("wb") as log:
                self._begun[folder] = subprocess.Popen([*_program(), *words], stdin=subprocess.DEVNULL, stdout=log,
                                                       stderr=log, **_apart())
        except OSError as error:
            raise Refusal(tried=_TRIED, cause=Message("{out} cannot be written: {reason}.", out=str(folder),
                                                      reason=error.strerror or "error"),
                          cure=Message("Make room there, or make it writable.")) from error

    def _last_words(self, model: str) -> str:
        """Of a process that ended without a word in its diary."""
        try:
            lines = (self.folder(model) / LOG).read_text("utf-8", errors="replace").split("\n")
        except OSError:
            return ""
        return next((line for line in reversed(lines) if line.strip()), "")

    def stop(self, model: str) -> None:
        ask_to_stop(self.folder(model))

    def comparison(self, model: str) -> Comparison | None:
        """None where nothing was compared yet."""
        return read_comparison(self.folder(model))

    def adopted_as(self, comparison: Comparison) -> str | None:
        """The name under which the new model is among those at hand."""
        return next((one.name for one in self._models() if one.weights_sha256 == comparison.new_sha256), None)

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


def _apart() -> dict[str, Any]:
    """So that it outlives the window, and its console, and gives way to the hand where it cannot do so itself."""
    if os.name != "nt":
        return {"start_new_session": True}
    names = ("CREATE_NEW_PROCESS_GROUP", "CREATE_NO_WINDOW", "BELOW_NORMAL_PRIORITY_CLASS")
    return {"creationflags": sum(getattr(subprocess, name) for name in names)}
