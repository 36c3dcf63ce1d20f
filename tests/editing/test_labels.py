"""Labels have a history of their own, and an id is never given again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from urwkv_desktop.editing.edits import LabelEdit
from urwkv_desktop.editing.label_history import LabelHistory, label_edits
from urwkv_desktop.imaging import Label, Labels


def _history(*names: str) -> LabelHistory:
    history = LabelHistory()
    for name in names:
        labels = history.labels
        history.take(LabelEdit(None, Label(labels.next_id, name, "#fff"), len(labels)))
    return history


def _names(history: LabelHistory) -> list[str]:
    return [label.name for label in history.labels]


def test_labels_are_added_renamed_deleted_and_undone() -> None:
    history = _history("lesion", "vessel")
    lesion, vessel = history.labels
    history.take(LabelEdit(lesion, Label(lesion.id, "tumour", "#fff"), 0))
    history.take(LabelEdit(vessel, None, 1))
    assert _names(history) == ["tumour"]
    assert history.labels.retired == (2,)
    for names in (["tumour", "vessel"], ["lesion", "vessel"], ["lesion"], []):
        move = history.undo()
        assert move is not None
        history.take(move)
        assert _names(history) == names
    assert history.undo() is None
    move = history.redo()
    assert move is not None
    history.take(move)
    assert _names(history) == ["lesion"]


def test_an_id_is_never_given_again_also_after_undo() -> None:
    history = _history("lesion")
    move = history.undo()
    assert move is not None
    history.take(move)
    assert history.labels.next_id == 2
    with pytest.raises(ValueError, match="given before"):
        history.take(LabelEdit(None, Label(1, "other", "#fff"), 0))
    history.take(LabelEdit(None, Label(2, "other", "#fff"), 0))
    assert [label.id for label in history.labels] == [2]


@given(st.permutations(range(1, 6)), st.sets(st.integers(1, 5)), st.integers(0, 3))
def test_any_state_of_the_panel_is_reached_by_edits(order: list[int], gone: set[int], added: int) -> None:
    history = _history(*"abcde")
    old = history.labels
    kept = [label for number in order if number not in gone and (label := old.get(number))]
    if kept:
        kept[0] = Label(kept[0].id, "renamed", "#000", locked=True)
    new = Labels((*kept, *(Label(6 + n, f"new {n}", "#fff") for n in range(added))), tuple(sorted(gone)))
    for edit in label_edits(old, new):
        history.take(edit)
    assert history.labels.items == new.items
    assert set(history.labels.retired) == gone
