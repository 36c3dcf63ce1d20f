"""urwkv-desktop models: which models are at hand, and which folders are refused."""

import json
from typing import Annotated

import typer

from urwkv_desktop.cli.showing import refuse
from urwkv_desktop.workflow.models import ModelLine, list_models
from urwkv_desktop.workflow.places import find_places


def models(
    as_json: Annotated[bool, typer.Option("--json", help="Print the cards as a JSON list.")] = False,
) -> int:
    """List the models at hand."""
    shelf = list_models(find_places())
    if as_json:
        print(json.dumps([line.card for line in shelf.lines], indent=2))
    else:
        _table(shelf.lines)
    for name, refusal in shelf.refused:
        refuse(name, refusal)
    return 1 if shelf.refused else 0


def _table(lines: tuple[ModelLine, ...]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for heading in ("name", "network", "for", "IoU", "licence of the weights"):
        table.add_column(heading, overflow="fold")
    for line in lines:
        table.add_row(line.name, line.network, line.suits, line.iou, line.licence)
    Console().print(table)
