"""Where nothing can be exported, the sentence names what there is instead."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.homes import make_folder, shell, working
from urwkv_desktop.workflow.places import Places

__all__ = ["shell"]

Shell = Callable[..., Any]


def export_of(shell: Shell, folder: Path, tmp_path: Path, status: str) -> str:
    said = shell("export", folder, "--out", tmp_path / "out", "--format", "png", "--status", status)
    assert said.code == 2
    assert not (tmp_path / "out").exists()
    return str(said.lines[-1])


def test_nothing_accepted_yet_names_what_could_be_exported(shell: Shell, places: Places, tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "images")
    with working(folder, places) as work:
        work.settle()
    assert export_of(shell, folder, tmp_path, "accepted") == (
        "No case is accepted. There are others: 3 predicted. Export those too, or accept cases first.")
    assert export_of(shell, folder, tmp_path, "edited,accepted").startswith("No case is edited or accepted. There are")


def test_a_project_without_any_mask_says_so_whatever_was_asked(shell: Shell, places: Places, tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "images", model="none such")
    with working(folder, places) as work:
        work.settle()
    assert export_of(shell, folder, tmp_path, "predicted,edited,accepted") == (
        "No case of this project has a mask yet. Let the network look at them, or draw, then export.")
    assert export_of(shell, folder, tmp_path, "new") == (
        "A case that is new has no mask to export. There are: predicted, edited, accepted.")
