"""urwkv-desktop learn: a project's accepted cases teach the model that answered them."""

import shlex
from pathlib import Path
from typing import Annotated

import typer

from urwkv_desktop.cli.interrupt import interruptible
from urwkv_desktop.cli.showing import progress, say
from urwkv_desktop.workflow.adopting import adopt as take
from urwkv_desktop.workflow.learning import LessonWish
from urwkv_desktop.workflow.learning import learn as teach
from urwkv_desktop.workflow.places import find_places
from urwkv_desktop.workflow.teaching import Comparison

_SHOWN = 8  # falls that are named


def learn(
    project: Annotated[Path, typer.Argument(metavar="PROJECT", help="A .urwkv file, or a folder that has one.")],
    out: Annotated[Path, typer.Option("--out", help="Folder for the lesson, not among the images.")],
    model: Annotated[str | None, typer.Option("--model", help="The model to teach; without it the one that answered "
                                                              "the accepted cases.")] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the lesson in --out.")] = False,
    gently: Annotated[bool, typer.Option("--gently", help="Give way to whatever else this computer does.")] = False,
) -> int:
    """Teach a model with a project's accepted cases and compare the new one on those kept aside. Needs PyTorch."""
    wish = LessonWish(project, out, model, resume, gently)
    with interruptible() as stop, progress("Learning") as report:
        learned = teach(wish, find_places(), report=report, stop=stop, say=say)
    found = learned.comparison
    if found is None:
        say("Stopped. The same command with --resume goes on where it was.")
        return 1
    _tell(found)
    print("It has learnt, and was compared, on this project's images alone; others it may have forgotten.")
    few = "" if found.is_telling else f", though {found.n} cases tell little"
    if found.is_no_worse:
        print(f"{found.new_model} is no worse than {found.model}{few}: "
              f"{shlex.join(['urwkv-desktop', 'models', 'adopt', str(out)])}")
    else:
        print(f"{found.new_model} is worse than {found.model}, or nothing could be compared{few}: it is better left "
              f"where it is, in {out}")
    return 0


def adopt(
    lesson: Annotated[Path, typer.Argument(help="The folder of a finished lesson.")],
    anyway: Annotated[bool, typer.Option("--anyway", help="Even though it was found worse.")] = False,
) -> int:
    """Take the model of a lesson into your own models."""
    name = take(lesson, find_places(), anyway=anyway)
    print(f"{name} is one of your models now, and looks in the place of the one that it was taught from.")
    return 0


def _tell(found: Comparison) -> None:
    print(f"cases kept aside with something to find   {found.n}")
    if found.n:
        print(f"mean Dice                                 {found.before:.3f} -> {found.after:.3f} "
              f"(difference {found.lo:+.3f} to {found.hi:+.3f}, 95 %)")
        print(f"better, worse by more than 0.05           {found.better}, {len(found.falls)}")
    for fall in found.falls[:_SHOWN]:
        print(f"  {fall.id:<39} {fall.before:.3f} -> {fall.after:.3f}")
    if found.empty:
        print(f"nothing to find, drawn on                 {found.fired_before} -> {found.fired_after} of {found.empty}")
