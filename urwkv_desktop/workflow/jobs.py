"""Background work: the only place where threads are made.

A Job has a title, progress, cancel and one outcome. Work runs on a thread of its own, or in a *lane*, whose jobs run
one after the other on one thread. Results come back through `post`: in the window that is the owner's event loop, in
the shell `Turns.post`. Lower floors write loops and are handed `Jobs.start`.
"""

import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Generic, TypeVar

from urwkv_desktop.imaging import Message, Refusal

T = TypeVar("T")
Post = Callable[[Callable[[], None]], None]



class JobState(Enum):
    waiting = "waiting"
    running = "running"
    done = "done"
    refused = "refused"
    cancelled = "cancelled"
    crashed = "crashed"

    @property
    def is_over(self) -> bool:
        return self not in (JobState.waiting, JobState.running)


class Cancelled(Exception):  # noqa: N818 - a way out, not an error
    """Raised by work that was stopped and has nothing to hand back."""


@dataclass(frozen=True)
class Outcome(Generic[T]):
    """What became of a Job: exactly one of value, refusal, crash, is_cancelled says something."""

    value: T | None = None
    refusal: Refusal | None = None
    crash: BaseException | None = None
    is_cancelled: bool = False


class JobControl:
    """What work is given: how to tell how far it is, and how to learn that it shall stop."""

    def __init__(self, job: "Job") -> None:
        self._job = job

    def report(self, done: int, total: int) -> None:
        self._job._progress(done, total)

    def stop(self) -> bool:
        return self._job.is_cancelled


class Job:
    """One piece of background work. total is 0 while unknown."""

    def __init__(self, title: Message, tell: Callable[["Job"], None]) -> None:
        self.title = title
        self.done_count = 0
        self.total = 0
        self.state = JobState.waiting
        self._cancelled = threading.Event()
        self._over = threading.Event()
        self._tell = tell

    @property
    def is_cancelled(self) -> bool:
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """The work stops at its next question; what it has not done yet it leaves undone."""
        self._cancelled.set()

    def wait(self, seconds: float | None = None) -> bool:
        """Blocks until the work is over (its `done` may still be on its way). For the shell and for closing."""
        return self._over.wait(seconds)

    def _progress(self, done: int, total: int) -> None:
        self.done_count, self.total = done, total
        self._tell(self)

    def _enter(self, state: JobState) -> None:
        self.state = state
        self._tell(self)
        if state.is_over:
            self._over.set()


class Jobs:
    """post(callable): runs it on the owner's thread, soon. crashed: told of our own mistakes, on the job's thread."""

    def __init__(self, post: Post, *, crashed: Callable[[BaseException], None] | None = None) -> None:
        self._post = post
        self._crashed = crashed
        self._lock = threading.Lock()
        self._lanes: dict[str, _Lane] = {}
        self._threads: list[threading.Thread] = []
        self._running: list[Job] = []
        self._listeners: list[Callable[[Job], None]] = []
        self._untold: dict[int, Job] = {}
        self._is_shut = False

    @property
    def jobs(self) -> tuple[Job, ...]:
        """Those that wait or run, oldest first."""
        with self._lock:
            return tuple(self._running)

    def listen(self, callback: Callable[[Job], None]) -> Callable[[], None]:
        """callback(job) on the owner's thread whenever a job has changed; returns how to stop listening."""
        self._listeners.append(callback)
        return lambda: self._listeners.remove(callback)

    def start(self, name: str, loop: Callable[[], None]) -> threading.Thread:
        """The starter that is handed down: a thread for a loop that a lower floor has written and ends itself."""
        thread = threading.Thread(target=self._guarded, args=(loop,), name=name, daemon=True)
        with self._lock:
            self._threads = [old for old in self._threads if old.is_alive()]
            self._threads.append(thread)
            thread.start()
        return thread

    def run(self, title: Message, work: Callable[[JobControl], T], *,
            done: Callable[[Outcome[T]], None] | None = None, lane: str | None = None,
            urgent: bool = False) -> Job:
        """Starts work; done(outcome) comes back on the owner's thread. urgent: in front of what waits in its lane."""
        job = Job(title, self._changed)

        def task() -> None:
            self._perform(job, work, done)

        with self._lock:
            self._running.append(job)
            if self._is_shut:
                job.cancel()
        if lane is None or self._is_shut:
            self.start(str(title), task)
        else:
            self._lane(lane).put(task, urgent)
        self._changed(job)
        return job

    def shutdown(self, seconds: float = 5.0) -> bool:
        """Cancels what runs and waits for it; True when every thread has ended in time."""
        with self._lock:
            self._is_shut = True
            lanes, running = tuple(self._lanes.values()), tuple(self._running)
        for job in running:
            job.cancel()
        for lane in lanes:
            lane.close()
        deadline = time.monotonic() + seconds
        for thread in tuple(self._threads):
            if thread is not threading.current_thread():
                thread.join(max(0.0, deadline - time.monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    def _lane(self, name: str) -> "_Lane":
        lane = self._lanes.get(name)
        if lane is None:
            lane = self._lanes[name] = _Lane()
            self.start(f"lane {name}", lane.loop)
        return lane

    def _perform(self, job: Job, work: Callable[[JobControl], T], done: Callable[[Outcome[T]], None] | None) -> None:
        outcome, state = self._outcome(job, work)
        job.state = state
        if done is not None:
            self._post(lambda: done(outcome))
        with self._lock:
            self._running.remove(job)
        job._enter(state)

    def _outcome(self, job: Job, work: Callable[[JobControl], T]) -> tuple[Outcome[T], JobState]:
        if job.is_cancelled:
            return Outcome(is_cancelled=True), JobState.cancelled
        job._enter(JobState.running)
        try:
            return Outcome(value=work(JobControl(job))), JobState.done
        except Cancelled:
            return Outcome(is_cancelled=True), JobState.cancelled
        except Refusal as refusal:
            return Outcome(refusal=refusal), JobState.refused
        except Exception as crash:
            self._report(crash)
            return Outcome(crash=crash), JobState.crashed

    def _guarded(self, loop: Callable[[], None]) -> None:
        try:
            loop()
        except Exception as crash:
            self._report(crash)

    def _report(self, crash: BaseException) -> None:
        if self._crashed is not None:
            self._crashed(crash)
        else:
            sys.excepthook(type(crash), crash, crash.__traceback__)

    def _changed(self, job: Job) -> None:
        """Many reports between two turns of the owner become one."""
        if not self._listeners:
            return
        with self._lock:
            first = not self._untold
            self._untold[id(job)] = job
        if first:
            self._post(self._tell)

    def _tell(self) -> None:
        with self._lock:
            changed, self._untold = tuple(self._untold.values()), {}
        for job in changed:
            for callback in tuple(self._listeners):
                callback(job)


class JobGroup:
    """The jobs of one owner (an open project), who stops and waits for them before what they use is closed."""

    def __init__(self, jobs: Jobs) -> None:
        self._jobs = jobs
        self._mine: list[Job] = []
        self._is_closed = False

    def run(self, title: Message, work: Callable[[JobControl], T], *,
            done: Callable[[Outcome[T]], None] | None = None, lane: str | None = None, urgent: bool = False) -> Job:
        """As Jobs.run; once the group is closed nothing begins any more."""
        job = self._jobs.run(title, lambda control: self._begun(work, control), done=done, lane=lane, urgent=urgent)
        self._mine = [old for old in self._mine if not old.state.is_over]
        self._mine.append(job)
        return job

    def listen(self, callback: Callable[[Job], None]) -> Callable[[], None]:
        return self._jobs.listen(callback)

    def close(self, seconds: float = 10.0) -> bool:
        """True when all have ended in time."""
        self._is_closed = True
        for job in self._mine:
            job.cancel()
        deadline = time.monotonic() + seconds
        return all(job.wait(max(0.0, deadline - time.monotonic())) for job in self._mine)

    def _begun(self, work: Callable[[JobControl], T], control: JobControl) -> T:
        if self._is_closed:
            raise Cancelled
        return work(control)


class _Lane:
    """Tasks one after the other on one thread."""

    def __init__(self) -> None:
        self._tasks: deque[Callable[[], None] | None] = deque()
        self._ready = threading.Semaphore(0)

    def put(self, task: Callable[[], None], urgent: bool) -> None:
        if urgent:
            self._tasks.appendleft(task)
        else:
            self._tasks.append(task)
        self._ready.release()

    def close(self) -> None:
        """Ends after the tasks that wait now; these have been cancelled by then."""
        self._tasks.append(None)
        self._ready.release()

    def loop(self) -> None:
        while True:
            self._ready.acquire()
            task = self._tasks.popleft()
            if task is None:
                return
            task()
            del task  # or a lane that waits would keep all that its last task has seen


class Turns:
    """An owner's thread without a window: `post` collects calls, `until` makes them."""

    def __init__(self) -> None:
        self._calls: deque[Callable[[], None]] = deque()
        self._ready = threading.Semaphore(0)

    def post(self, call: Callable[[], None]) -> None:
        self._calls.append(call)
        self._ready.release()

    @property
    def is_idle(self) -> bool:
        """Whether no call waits."""
        return not self._calls

    def until(self, reached: Callable[[], bool], *, seconds: float = 60.0) -> bool:
        """Makes posted calls on this thread until reached() is true; False when the time is over."""
        deadline = time.monotonic() + seconds
        while not reached():
            left = deadline - time.monotonic()
            if left <= 0 or not self._ready.acquire(timeout=left):
                return reached()
            self._calls.popleft()()
        return True


def quicken_window_thread() -> None:
    """The window's thread gets the interpreter back within half a millisecond of asking for it."""
    sys.setswitchinterval(0.0005)
