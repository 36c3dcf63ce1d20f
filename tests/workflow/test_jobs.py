"""Background work: one outcome, on the owner's thread, whatever happens."""

import threading

from urwkv_desktop.imaging import Message, Refusal
from urwkv_desktop.workflow.jobs import Cancelled, Job, JobControl, Jobs, JobState, Outcome, Turns

TITLE = Message("Working")


def _refusal() -> Refusal:
    return Refusal(tried=TITLE, cause=Message("It is broken."), cure=Message("Mend it."))


def test_the_outcome_comes_back_on_the_owners_thread() -> None:
    turns, threads = Turns(), list[tuple[int, int | None]]()
    jobs = Jobs(turns.post)

    def done(outcome: Outcome[int]) -> None:
        threads.append((threading.get_ident(), outcome.value))

    jobs.run(TITLE, lambda control: 6 * 7, done=done)
    assert turns.until(lambda: bool(threads), seconds=5)
    assert threads == [(threading.get_ident(), 42)]
    assert jobs.shutdown()


def test_a_refusal_and_a_mistake_are_outcomes_and_the_lane_goes_on() -> None:
    turns, outcomes, crashes = Turns(), list[Outcome[int]](), list[BaseException]()
    jobs = Jobs(turns.post, crashed=crashes.append)

    def refused(control: JobControl) -> int:
        raise _refusal()

    def mistaken(control: JobControl) -> int:
        raise ValueError("a mistake of ours")

    for work in (refused, mistaken, lambda control: 1):
        jobs.run(TITLE, work, done=outcomes.append, lane="one")
    assert turns.until(lambda: len(outcomes) == 3, seconds=5)
    assert str(outcomes[0].refusal) == "It is broken. Mend it."
    assert isinstance(outcomes[1].crash, ValueError)
    assert crashes == [outcomes[1].crash]
    assert outcomes[2].value == 1
    assert jobs.shutdown()


def test_a_lane_keeps_the_order_and_urgent_work_goes_in_front() -> None:
    turns, order, gate = Turns(), list[str](), threading.Event()
    jobs = Jobs(turns.post)
    jobs.run(TITLE, lambda control: gate.wait(5), lane="one")
    jobs.run(TITLE, lambda control: order.append("later"), lane="one")
    jobs.run(TITLE, lambda control: order.append("urgent"), lane="one", urgent=True)
    gate.set()
    last = jobs.run(TITLE, lambda control: None, lane="one")
    assert last.wait(5)
    assert order == ["urgent", "later"]
    assert jobs.shutdown()


def test_cancelled_work_learns_it_and_waiting_work_never_begins() -> None:
    turns, outcomes, started, begun = Turns(), list[Outcome[None]](), threading.Event(), list[int]()
    jobs = Jobs(turns.post)

    def work(control: JobControl) -> None:
        started.set()
        while not control.stop():
            pass
        raise Cancelled

    running = jobs.run(TITLE, work, done=outcomes.append, lane="one")
    waiting = jobs.run(TITLE, lambda control: begun.append(1), done=outcomes.append, lane="one")
    assert started.wait(5)
    waiting.cancel()
    running.cancel()
    assert turns.until(lambda: len(outcomes) == 2, seconds=5)
    assert all(outcome.is_cancelled for outcome in outcomes)
    assert not begun
    assert running.state is waiting.state is JobState.cancelled
    assert jobs.shutdown()


def test_listeners_see_progress_and_the_end() -> None:
    turns, seen = Turns(), list[tuple[JobState, int]]()
    jobs = Jobs(turns.post)

    def listener(job: Job) -> None:
        seen.append((job.state, job.done_count))

    stop = jobs.listen(listener)
    job = jobs.run(TITLE, lambda control: control.report(3, 3))
    assert turns.until(lambda: job.state.is_over and seen[-1:] == [(JobState.done, 3)], seconds=5)
    stop()
    assert jobs.shutdown()


def test_closing_stops_what_runs_and_waits_for_it() -> None:
    jobs, started, ended = Jobs(lambda call: call()), threading.Event(), threading.Event()

    def work(control: JobControl) -> None:
        started.set()
        while not control.stop():
            pass
        ended.set()

    jobs.run(TITLE, work, lane="one")
    assert started.wait(5)
    assert jobs.shutdown()
    assert ended.is_set()


def test_nothing_begins_after_closing() -> None:
    jobs, begun = Jobs(lambda call: call()), list[int]()
    assert jobs.shutdown()
    job = jobs.run(TITLE, lambda control: begun.append(1))
    assert job.wait(5)
    assert job.state is JobState.cancelled
    assert not begun
