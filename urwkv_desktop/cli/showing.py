"""What the shell shows: progress and sentences on stderr, results on stdout."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from urwkv_desktop.imaging import Message, Refusal

Report = Callable[[int, int, str], None]
INTERRUPTED = 130  # what a shell expects of a program that Ctrl+C has ended


def say(sentence: Message | str) -> None:
    sys.stderr.write(f"{sentence}\n")
    sys.stderr.flush()


def refuse(name: str, refusal: Refusal) -> None:
    """One line: whose, what was found, what can be done."""
    say(f"{name}: {refusal}" if name else str(refusal))


@contextmanager
def progress(title: str) -> Iterator[Report]:
    """report(done, total, words): a bar where stderr is a terminal, a plain line each tenth where it is not."""
    if sys.stderr.isatty():
        with _bar(title) as report:
            yield report
    else:
        yield _lines(title)


@contextmanager
def _bar(title: str) -> Iterator[Report]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=None)
        yield lambda done, total, words: bar.update(task, completed=done, total=total or None,
                                                    description=f"{title} {words}".strip())


def _lines(title: str) -> Report:
    told = -1

    def report(done: int, total: int, words: str) -> None:
        nonlocal told
        tenth = 10 * done // total if total else -1
        if tenth > told:
            told = tenth
            say(f"{title}: {done} of {total}" + (f", {words}" if words else ""))

    return report
