"""Edits of labels are taken back and done again, apart from those of masks."""

from pathlib import Path

from tests.homes import make_folder, places, tiny_models, working
from urwkv_desktop.imaging import Label
from urwkv_desktop.workflow.places import Places

__all__ = ["places", "tiny_models"]


def test_labels_are_undone_and_redone_over_a_restart_and_one_is_kept(tmp_path: Path, places: Places) -> None:
    folder = make_folder(tmp_path / "images", ("a",), model=None)
    with working(folder, places) as work:
        work.settle()
        work.show("a")
        session = work.session
        first = session.labels
        session.edit_labels(first.with_label(Label(first.next_id, "Cyst", "#56b4e9")))
        second = session.labels
        assert session.move_labels(back=True)
        assert session.labels.items == first.items
        assert session.document is not None
        assert session.document.labels.items == first.items
        assert session.move_labels(back=False)
        assert session.labels == second
        assert not session.move_labels(back=False)
        work.settle()
    with working(folder, places) as work:
        work.settle()
        work.show("a")
        session = work.session
        assert session.labels == second
        while session.move_labels(back=True):
            assert len(session.labels)
        assert len(session.labels) == 1
