"""What tools and operations cannot do at once: done on a job, and taken into the document it was made for."""

from collections.abc import Callable

from urwkv_desktop.editing.document import Document
from urwkv_desktop.editing.edits import MaskEdit
from urwkv_desktop.editing.suggestion import Suggestion
from urwkv_desktop.editing.work import Work
from urwkv_desktop.imaging import Message
from urwkv_desktop.workflow.jobs import Job, JobControl, JobGroup, Outcome

Made = MaskEdit | Suggestion | None


class Works:
    """One Work at a time: another one takes its place. document: the one on screen. tell: a sentence for the person.

    Every method is called on the owner's thread.
    """

    def __init__(self, jobs: JobGroup, document: Callable[[], Document | None], tell: Callable[[Message], None],
                 ) -> None:
        self._jobs = jobs
        self._document = document
        self._tell = tell
        self._job: Job | None = None
        self._name: Message | None = None

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
        revision = document.revision
        self.give_up()

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
            return work.run()

        self._name = work.name
        job = self._job = self._jobs.run(work.name, at_work, done=done)

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

    def give_up(self) -> bool:
        """What runs is not wanted any more; answers whether something ran."""
        job, self._job, self._name = self._job, None, None
        if job is not None:
            job.cancel()
        return job is not None

    def close(self) -> None:
        """Waits for what runs, so that nothing works on what is closed next."""
        self.give_up()
        self._jobs.close()
