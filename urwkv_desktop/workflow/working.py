"""What tools and operations cannot do at once: done on a job, and taken into the document it was made for."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from urwkv_desktop.editing.document import Document
from urwkv_desktop.editing.edits import MaskEdit
from urwkv_desktop.editing.suggestion import Suggestion, rebased
from urwkv_desktop.editing.work import Work
from urwkv_desktop.imaging import Message, Refusal
from urwkv_desktop.workflow.jobs import Cancelled, Job, JobControl, JobGroup, Outcome

Made = MaskEdit | Suggestion | None


@dataclass(eq=False)
class _Once:
    """What a hand has drawn: made once, by whoever asks first; another one who asks waits for it."""

    work: Work
    document: Document
    revision: int
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _outcome: Outcome[Made] | None = None

    def outcome(self) -> Outcome[Made]:
        with self._lock:
            if self._outcome is None:
                try:
                    self._outcome = Outcome(value=self.work.run())
                except Refusal as refusal:
                    self._outcome = Outcome(refusal=refusal)
            return self._outcome


class Works:
    """One Work at a time: another one takes its place, but for what a hand has drawn to its end: that is finished
    first, and never lost. document: the one on screen. tell: a sentence for the person.

    Every method is called on the owner's thread.
    """

    def __init__(self, jobs: JobGroup, document: Callable[[], Document | None], tell: Callable[[Message], None],
                 ) -> None:
        self._jobs = jobs
        self._document = document
        self._tell = tell
        self._job: Job | None = None
        self._name: Message | None = None
        self._drawn: _Once | None = None

    @property
    def is_drawn_pending(self) -> bool:
        """Whether what a hand has drawn to its end is still being made."""
        return self._drawn is not None

    @property
    def name(self) -> Message | None:
        """What runs now; None where nothing does."""
        return self._name

    def run(self, work: Work, then: Callable[[Made], None] | None = None) -> None:
        """The result is taken into the document, or handed to `then` instead, if the document's revision is still the
        one at which it was asked for; otherwise it is dropped, and said so."""
        document = self._document()
        if document is None:
            return
        self.give_up()
        revision = document.revision

        def done(outcome: Outcome[Made]) -> None:
            if self._job is not job:  # another one was asked for meanwhile, or none
                return
            self._job = self._name = None
            if self._document() is not document or document.revision != revision:
                self._tell(Message("{name}: the mask has changed meanwhile, so nothing was done.", name=work.name))
            elif outcome.refusal is not None:
                self._tell(outcome.refusal.cause)
            elif outcome.crash is None and not outcome.is_cancelled:
                (then or self.take)(outcome.value)

        def at_work(control: JobControl) -> Made:
            made = work.run(control.stop)
            if control.stop():
                raise Cancelled
            return made

        self._name = work.name
        job = self._job = self._jobs.run(work.name, at_work, done=done)

    def draw(self, work: Work) -> None:
        """What a hand has drawn to its end: made on a job; see `finish`. What is only offered is as any other Work."""
        if work.is_offer:
            self._tell(Message("{name}… · Escape gives it up", name=work.name))
            self.run(work)
            return
        self.give_up()
        document = self._document()
        if document is None:
            return
        drawn = self._drawn = _Once(work, document, document.revision)
        self._name = work.name

        def done(outcome: Outcome[Made]) -> None:
            if self._drawn is drawn and outcome.crash is None:
                self.finish()
            elif self._drawn is drawn:
                self._drawn = self._name = None

        def at_work(control: JobControl) -> Made:
            drawn.outcome()
            return None

        self._job = self._jobs.run(work.name, at_work, done=done)

    def finish(self) -> bool:
        """What a hand has drawn is in its document when this returns, however long it takes; answers whether there was
        any. Asked before the document is left, and before anything else is done to its mask."""
        drawn, self._drawn = self._drawn, None
        if drawn is None:
            return False
        self._job = self._name = None
        outcome, document = drawn.outcome(), drawn.document
        made = outcome.value
        if outcome.refusal is not None:
            self._tell(outcome.refusal.cause)
        elif not document.is_writable:
            self._tell(Message("{name}: the mask has changed meanwhile, so nothing was done.", name=drawn.work.name))
        elif isinstance(made, MaskEdit):
            if document.revision != drawn.revision:  # an answer of the network, say, has come before it
                made = replace(rebased(made, document.mask, document.labels, 0, made.reader), origin=made.origin)
            document.apply(made)
        elif made is not None:
            document.suggest(made)
        else:
            self._tell(Message("Nothing would change."))
        return True

    def take(self, made: Made | Work) -> None:
        """An edit is made, a suggestion offered, Work begun; nothing at all is said."""
        document = self._document()
        if document is None or not document.is_writable:
            return
        if isinstance(made, Work):
            self.run(made)
        elif isinstance(made, MaskEdit):
            document.apply(made)
        elif made is not None:
            document.suggest(made)
        else:
            self._tell(Message("Nothing would change."))

    def stop(self) -> bool:
        """What runs is not wanted any more, unless a hand has drawn it. Answers whether something was stopped."""
        if self._job is None or self._drawn is not None:
            return False
        return self.give_up()

    def give_up(self) -> bool:
        """What runs is not wanted any more, unless a hand has drawn it; answers whether something ran."""
        if self.finish():
            return True
        job, self._job, self._name = self._job, None, None
        if job is not None:
            job.cancel()
        return job is not None

    def close(self) -> None:
        """Waits for what runs, so that nothing works on what is closed next."""
        self.give_up()
        self._jobs.close()
