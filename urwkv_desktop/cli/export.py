"""urwkv-desktop export: a project's masks, each file read back and compared before it gets its name."""

from pathlib import Path
from typing import Annotated

import typer

from urwkv_desktop.cli.interrupt import interruptible
from urwkv_desktop.cli.segment import split_words
from urwkv_desktop.cli.showing import INTERRUPTED, progress, refuse, say
from urwkv_desktop.workflow import FORMATS
from urwkv_desktop.workflow.exporting import export_project, wish_of
from urwkv_desktop.workflow.leaving import Leaving
from urwkv_desktop.workflow.places import find_places


def export(
    project: Annotated[Path, typer.Argument(metavar="PROJECT", help="A .urwkv file, or a folder that has one.")],
    out: Annotated[Path, typer.Option("--out", help="Folder for the export.")],
    formats: Annotated[str, typer.Option("--format", help="One or several of: " + ", ".join(FORMATS))],
    status: Annotated[str, typer.Option("--status", help="accepted, edited, predicted: which cases")] = "accepted",
    split_key: Annotated[Path | None, typer.Option("--split-key", help="File with the key that decides who is on "
                                                                       "which side of a split.")] = None,
    deidentify: Annotated[bool, typer.Option("--deidentify", help="Other names and identifiers, no tag that names "
                                             "a patient; not claimed to be complete.")] = False,
    keep_suspected_text: Annotated[bool, typer.Option("--keep-suspected-text", help="Also images in whose "
                                                      "borders text is suspected.")] = False,
) -> int:
    """Export accepted cases (or those of another status)."""
    places = find_places()
    leaving = Leaving.hidden_with_text if keep_suspected_text else Leaving.hidden
    wish = wish_of(out, split_words(formats), split_words(status), places, split_key,
                   leaving if deidentify or keep_suspected_text else Leaving.named)
    with interruptible() as stop, progress("Exporting") as report:
        found = export_project(project, wish, places, report=lambda done, total: report(done, total, ""), stop=stop)
    for name, refusal in found.refused:
        refuse(name, refusal)
    if stop():
        say("Interrupted; what stands is whole.")
        return INTERRUPTED
    return 1 if found.refused else 0
