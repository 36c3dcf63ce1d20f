"""urwkv-desktop demo: the sample project through the shell, for machines without a display (`make run`)."""

from pathlib import Path
from typing import Annotated

import typer

from urwkv_desktop.cli.showing import progress, refuse, say
from urwkv_desktop.workflow.places import find_places
from urwkv_desktop.workflow.walk import walk_samples


def demo(
    out: Annotated[Path, typer.Option("--out", help="Folder for masks, overlays and the export.")] = Path("out"),
    reader: Annotated[str, typer.Option("--reader", help="Who accepts the sample cases.")] = "demo",
) -> int:
    """Predict, accept, draw and export the sample project."""
    with progress("Samples") as report:
        walked = walk_samples(out, find_places(), reader=reader, report=lambda done, total: report(done, total, ""))
    for title, why in walked.unsuited:
        say(f"{title}: {why}")
    for name, refusal in walked.report.refused:
        refuse(name, refusal)
    print(f"overlays  {len(walked.overlays)} pictures in {out / 'overlays'}")
    print(f"export    {len(walked.report.written)} files in {out}, each read back and compared")
    print(f"manifest  {walked.report.manifest}")
    return 1 if walked.report.refused else 0
