"""The network runs ahead of the reader: the current case first, then the next ones; it waits while a hand paints.

All methods run on the owner's thread. Work runs in two lanes: `decode` gathers a case, `network` looks at it.
"""

import threading
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from urwkv_desktop.imaging import Finding, Image, Message, Prediction, Refusal, SliceLogits
from urwkv_desktop.inference.library import Model
from urwkv_desktop.inference.predictor import outwards
from urwkv_desktop.workflow.jobs import Job, JobControl, JobGroup, Outcome, Post
from urwkv_desktop.workflow.loading import Loaded
from urwkv_desktop.workflow.memory import give_back
from urwkv_desktop.workflow.networks import DrawnPrediction, Networks

NETWORK_LANE = "network"
_HAND_SECONDS = 0.05
_LARGE = 4 << 20  # bytes of an image whose preparation and label maps leave much freed memory behind


@dataclass(frozen=True, eq=False)
class Look:
    """One case that the network looks at. have: slices that it has answered already. first: the slice it begins with.

    is_asked: the person asked for it, so that it is never put off. doubts: mirror images are looked at too."""

    case: int
    image: Image
    model: Model
    labels: tuple[int, ...]
    have: Mapping[int, SliceLogits]
    first: int
    is_asked: bool
    doubts: bool = False


class Desk(Protocol):
    """What the network needs of the session; all of it on the owner's thread."""

    def next_wanted(self) -> int | None: ...
    def gather(self, case: int, done: Callable[[Loaded | None], None]) -> None: ...
    def look_at(self, loaded: Loaded) -> Look | None: ...
    def slice_answered(self, look: Look, prediction: Prediction, k: int) -> None: ...
    def answered(self, look: Look, prediction: Prediction, *, is_complete: bool) -> None: ...
    def not_answered(self, look: Look, refusal: Refusal) -> None: ...
    def put_off(self, look: Look) -> None: ...
    def network_said(self, findings: tuple[Finding, ...]) -> None: ...


class Ahead:
    def __init__(self, desk: Desk, jobs: JobGroup, post: Post, networks: Networks) -> None:
        self._desk = desk
        self._jobs = jobs
        self._post = post
        self._networks = networks
        self._asked: deque[Look] = deque()
        self._gathering: int | None = None
        self._look: Look | None = None
        self._job: Job | None = None
        self._gives_way = False
        self._no_hand = threading.Event()
        self._no_hand.set()
        self._is_closed = False

    @property
    def looking_at(self) -> Look | None:
        return self._look

    @property
    def job(self) -> Job | None:
        return self._job

    def warm(self, model: Model) -> None:
        """OpenVINO is imported and the graph compiled before the first image is there."""
        self._jobs.run(Message("Loading the network"), lambda control: self._networks.predictor(model),
                       done=lambda outcome: self._desk.network_said(()), lane=NETWORK_LANE)

    def ask(self, look: Look) -> None:
        """The person asks for this case: before all others."""
        self._asked.append(look)
        self.prefer(look.case)
        self.go_on()

    def models_of(self, case: int) -> set[str]:
        """Which models look at the case now, or were asked to."""
        return {look.model.name for look in (self._look, *self._asked) if look is not None and look.case == case}

    def prefer(self, case: int) -> None:
        """What runs for another case, unasked, gives way; it is looked at again later."""
        if self._look is not None and self._look.case != case and not self._look.is_asked and self._job is not None:
            self._gives_way = True
            self._job.cancel()

    def pause(self, hand: bool) -> None:
        if hand:
            self._no_hand.clear()
        else:
            self._no_hand.set()
            self.go_on()

    def cancel(self) -> None:
        """Gives up what runs now and what was asked for."""
        self._asked.clear()
        if self._job is not None:
            self._job.cancel()

    def close(self) -> None:
        self._is_closed = True
        self._no_hand.set()
        self.cancel()

    def go_on(self) -> None:
        """Starts what is to be done next, if nothing is being done."""
        if self._is_closed or self._look is not None or not self._no_hand.is_set():
            return
        if self._asked:
            self._start(self._asked.popleft())
            return
        case = self._desk.next_wanted()
        if case is None or self._gathering is not None:
            return
        self._gathering = case
        self._desk.gather(case, self._gathered)

    def _gathered(self, loaded: Loaded | None) -> None:
        self._gathering = None
        if self._is_closed or self._look is not None:
            return
        look = self._desk.look_at(loaded) if loaded is not None else None
        if look is None:
            self.go_on()
        else:
            self._start(look)

    def _start(self, look: Look) -> None:
        self._look = look
        self._job = self._jobs.run(Message("Predicting with {model}", model=look.model.name),
                                   lambda control: self._work(look, control), lane=NETWORK_LANE,
                                   done=lambda outcome: self._done(look, outcome))

    def _work(self, look: Look, control: JobControl) -> "_Answer":
        """On the network's thread. A case that was stopped hands back the slices that it has."""
        predictor = self._networks.predictor(look.model)
        answer = DrawnPrediction.begun(predictor, look.image, look.labels, look.have)
        count = look.image.shape[0]
        order = [k for k in outwards(look.first, count) if k not in look.have]
        for k, logits in self._networks.slices(look.model, look.image, order=order, stop=lambda: self._stop(control)):
            control.report(len(answer.slices), count)
            doubt = self._networks.doubt(look.model, look.image, k) if look.doubts else None
            answer = answer.with_slice(k, logits, doubt)
            self._post(partial(self._desk.slice_answered, look, answer, k))
        if look.image.pixels.nbytes > _LARGE:
            give_back()
        return _Answer(answer, predictor.findings)

    def _stop(self, control: JobControl) -> bool:
        """Waits for the hand; asked before each slice."""
        while not self._no_hand.wait(_HAND_SECONDS):
            if control.stop():
                return True
        return control.stop()

    def _done(self, look: Look, outcome: "Outcome[_Answer]") -> None:
        gave_way, self._gives_way = self._gives_way, False
        self._look = self._job = None
        if self._is_closed:
            return
        answer = outcome.value
        if outcome.refusal is not None:
            self._desk.not_answered(look, outcome.refusal)
        elif outcome.crash is not None:
            self._desk.not_answered(look, _broken(outcome.crash))
        elif answer is not None:
            is_complete = len(answer.prediction.slices) == look.image.shape[0]
            self._desk.network_said(answer.findings)
            if is_complete or not gave_way:
                self._desk.answered(look, answer.prediction, is_complete=is_complete)
        elif not gave_way:
            self._desk.put_off(look)
        self.go_on()


@dataclass(frozen=True, eq=False)
class _Answer:
    prediction: Prediction
    findings: tuple[Finding, ...]


def _broken(crash: BaseException) -> Refusal:
    return Refusal(tried=Message("Predicting."),
                   cause=Message("The network failed on this image ({kind}).", kind=type(crash).__name__),
                   cure=Message("Try again with R; a report lies in the log folder."))
