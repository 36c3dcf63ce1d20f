"""A project that is open: what a reader gets without asking, and what is kept."""

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from tests.homes import MODEL, make_folder, stroke, working
from urwkv_desktop.editing.edits import FlagEdit
from urwkv_desktop.imaging import Flag, Label, Labels, Origin, Refusal, Status
from urwkv_desktop.workflow.changes import SavedKind
from urwkv_desktop.workflow.places import Places


def test_the_first_case_has_a_mask_without_a_key_pressed_and_so_have_the_next(tmp_path: Path, places: Places) -> None:
    with working(make_folder(tmp_path / "images"), places) as work:
        work.settle()
        document = work.session.document
        assert document is not None
        assert document.history.groups[0].origin is Origin.network
        assert document.mask.voxels.any()
        assert [row.status for row in work.session.rows] == [Status.predicted] * 3
        assert work.session.saved.kind is SavedKind.saved
        assert MODEL in str(work.session.model_note)
        assert "OpenVINO" in work.session.engine_note


def test_mask_history_status_and_place_are_there_after_a_restart(tmp_path: Path, places: Places) -> None:
    folder = make_folder(tmp_path / "images")
    with working(folder, places) as work:
        work.settle()
        document = work.show("b")
        stroke(document)
        stroke(document, row=20)
        document.undo()
        work.session.flag("look at the rim")
        mask = document.mask.voxels.copy()
    with working(folder, places) as work:
        work.wait(lambda: work.session.document is not None)
        document = work.session.document
        assert document is not None
        assert work.session.row(document.case).title == "b"
        assert np.array_equal(document.mask.voxels, mask)
        assert (document.status, document.flag.comment) == (Status.edited, "look at the rim")
        document.undo()
        document.undo()
        assert document.status is Status.predicted
        document.undo()
        assert not document.mask.voxels.any()
        document.redo()
        assert document.mask.voxels.any()


def test_what_no_model_suits_stays_new_with_a_sentence_until_it_is_predicted_anyway(tmp_path: Path,
                                                                                    places: Places) -> None:
    with working(make_folder(tmp_path / "images", ("a",), model=None), places) as work:
        work.settle()
        document, session = work.session.document, work.session
        assert document is not None
        assert (document.status, bool(document.mask.voxels.any())) == (Status.new, False)
        assert "modality" in str(session.unsuited)
        assert len(session.labels) == 1  # there is something to paint with
        session.predict_anyway()
        work.settle()
        assert document.status is Status.predicted
        assert session.unsuited is None
        assert len(session.labels) == 1  # the same one, now the model's: a stroke over the answer corrects it
        assert {*document.counts()} == {session.labels.items[0].id}
        assert str(session.model_note).endswith("you chose it for this case")


def test_predicting_anyway_gives_one_answer_that_one_undo_takes_back(tmp_path: Path, places: Places) -> None:
    with working(make_folder(tmp_path / "images", ("a",), model=None), places) as work:
        work.settle()
        document = work.session.document
        assert document is not None
        work.session.predict_anyway()
        work.session.choose_model(MODEL, for_kind=True)
        work.settle()
        assert len(document.history.groups) == 1
        document.undo()
        assert not document.mask.voxels.any()


def test_a_case_whose_only_stroke_was_undone_is_new_again(tmp_path: Path, places: Places) -> None:
    with working(make_folder(tmp_path / "images", ("a", "b"), model=None), places) as work:
        work.settle()
        document, session = work.show("a"), work.session
        stroke(document)
        assert session.unsuited is None
        document.undo()
        assert session.unsuited is not None
        work.show("b")
        work.settle()
        session.choose_model(MODEL, for_kind=True)
        work.settle()
        document = work.show("a")
        work.settle()
        assert document.suggestion is not None  # offered, because the stroke can still be redone
        document.take_suggestion()
        assert document.mask.voxels.any()


def test_a_flag_alone_does_not_keep_the_network_away(tmp_path: Path, places: Places) -> None:
    with working(make_folder(tmp_path / "images", ("a",), model=None), places) as work:
        work.settle()
        work.session.flag("which side?")
        assert work.session.unsuited is not None
        work.session.predict_anyway()
        work.settle()
        assert work.status("a") is Status.predicted


def test_a_model_chosen_for_a_folder_looks_at_the_others_of_its_kind(tmp_path: Path, places: Places) -> None:
    with working(make_folder(tmp_path / "images", model=None), places) as work:
        work.settle()
        assert {row.status for row in work.session.rows} == {Status.new}
        work.session.choose_model(MODEL, for_kind=True)
        work.settle()
        assert {row.status for row in work.session.rows} == {Status.predicted}


def test_a_model_that_is_not_installed_leaves_the_case_new_with_a_sentence(tmp_path: Path, places: Places) -> None:
    with working(make_folder(tmp_path / "images", ("a",), model="polyp"), places) as work:
        work.settle()
        assert str(work.session.unsuited) == "No model for this image is installed."
        work.session.choose_model("gone", for_kind=False)
        assert str(work.session.unsuited) == "The model gone, which you chose for it, is not installed."


def test_a_mask_beside_its_image_is_imported_and_not_predicted_over(tmp_path: Path, places: Places) -> None:
    folder = make_folder(tmp_path / "images", ("a", "b"))
    drawn = np.zeros((48, 64), np.uint8)
    drawn[5:15, 6:20] = 255
    cv2.imwrite(str(folder / "a_mask.png"), drawn)
    with working(folder, places) as work:
        document = work.show("a") if work.session.rows else None
        work.settle()
        document = work.session.document
        assert document is not None
        assert [row.title for row in work.session.rows] == ["a", "b"]
        assert np.array_equal(document.mask.voxels[0] != 0, drawn != 0)
        assert [group.origin for group in document.history.groups] == [Origin.imported]
        assert document.status is Status.predicted
        assert work.status("b") is Status.predicted


def test_an_answer_never_arrives_while_a_hand_paints(tmp_path: Path, places: Places) -> None:
    with working(make_folder(tmp_path / "images", ("a",), model=None), places) as work:
        work.settle()
        session, document = work.session, work.session.document
        assert document is not None
        session.pause(True)
        session.predict_anyway()
        work.wait(lambda: not [job for job in work.jobs.jobs if job.state.value == "waiting"])
        assert not document.history.groups
        session.pause(False)
        work.settle()
        assert document.status is Status.predicted


def test_an_answer_for_what_a_hand_has_touched_is_offered_and_changes_nothing(tmp_path: Path, places: Places) -> None:
    with working(make_folder(tmp_path / "images", ("a",), model=None), places) as work:
        work.settle()
        document = work.session.document
        assert document is not None
        stroke(document)
        mask = document.mask.voxels.copy()
        work.session.predict_anyway()
        work.settle()
        assert np.array_equal(document.mask.voxels, mask)
        assert document.suggestion is not None
        document.take_suggestion()
        assert not np.array_equal(document.mask.voxels, mask)
        document.undo()
        assert np.array_equal(document.mask.voxels, mask)


def test_a_stroke_that_comes_too_late_is_told_and_painting_goes_on(tmp_path: Path, places: Places) -> None:
    with working(make_folder(tmp_path / "images", ("a",)), places) as work:
        work.settle()
        document, session = work.session.document, work.session
        assert document is not None
        session.append_all(document.case, [FlagEdit(Flag(flagged=True))], document.revision)
        stroke(document)
        work.settle()
        again = session.document
        assert again is not None
        assert again is not document
        assert again.flag.flagged
        assert "older state" in str(session.findings[-1].message)
        stroke(again)
        work.settle()
        assert (session.saved.kind, work.status("a")) == (SavedKind.saved, Status.edited)


def test_accept_goes_to_the_next_open_case_and_passes_over_what_is_excluded(tmp_path: Path, places: Places) -> None:
    with working(make_folder(tmp_path / "images"), places) as work:
        work.settle()
        work.show("b")
        work.session.exclude(True)
        work.show("a")
        work.session.accept(then_next=True)
        work.wait(lambda: work.session.document is not None)
        assert work.session.row(work.session.current or 0).title == "c"
        assert work.status("a") is Status.accepted
        work.show("a")
        work.session.reopen()
        assert work.status("a") is Status.predicted


def test_the_order_of_the_labels_is_kept_as_the_panel_has_it(tmp_path: Path, places: Places) -> None:
    folder = make_folder(tmp_path / "images", ("a",))
    with working(folder, places) as work:
        work.settle()
        first = work.session.labels.items[0]
        work.session.edit_labels(Labels((Label(2, "Vessel", "#56b4e9"), replace(first, name="Rim"))))
        work.settle()
    with working(folder, places) as work:
        assert [label.name for label in work.session.labels] == ["Vessel", "Rim"]


def test_a_broken_file_is_a_row_with_its_reason_and_the_others_open(tmp_path: Path, places: Places) -> None:
    folder = make_folder(tmp_path / "images")
    whole = (folder / "b.png").read_bytes()
    (folder / "b.png").write_bytes(whole[:len(whole) // 2])
    with working(folder, places) as work:
        work.settle()
        broken = next(row for row in work.session.rows if row.title == "b")
        assert "incomplete" in str(broken.findings[0].message)
        work.session.open_case(broken.id)
        assert "incomplete" in str(work.session.case_refusal)
        assert (work.status("a"), work.status("c")) == (Status.predicted, Status.predicted)


def test_where_a_new_project_file_lies_is_said_once(tmp_path: Path, places: Places) -> None:
    folder = make_folder(tmp_path / "images", ("a",))
    with working(folder, places) as work:
        said, = work.session.findings
        assert str(said.message) == "The project file lies in the folder: images.urwkv."
        assert work.session.project_path.is_file()
    with working(folder, places) as work:
        assert not work.session.findings


def test_a_second_window_reads_only_and_says_who_writes(tmp_path: Path, places: Places) -> None:
    folder = make_folder(tmp_path / "images", ("a",))
    with working(folder, places) as first:
        first.settle()
        with working(folder, places) as second:
            second.wait(lambda: second.session.document is not None)
            document = second.session.document
            assert document is not None
            assert second.session.is_read_only
            assert not document.is_writable
            assert "Another window" in str(second.session.read_only_reason)
            assert document.mask.voxels.any()


def test_a_folder_without_images_is_refused_and_nothing_is_written_there(tmp_path: Path, places: Places) -> None:
    folder = tmp_path / "letters"
    folder.mkdir()
    (folder / "letter.txt").write_text("Dear colleague")
    with pytest.raises(Refusal, match="no images"), working(folder, places):
        pass
    assert [file.name for file in folder.iterdir()] == ["letter.txt"]


def test_project_toml_gives_order_titles_and_spacing(tmp_path: Path, places: Places) -> None:
    folder = make_folder(tmp_path / "images", ("a", "b"))
    (folder / "project.toml").write_text(
        'name = "Two of them"\n[[kind]]\nfiles = ["b*"]\nmodel = "tiny"\nspacing_mm = [0.1, 0.2]\n'
        '[[case]]\nfile = "b.png"\ntitle = "the second"\n')
    with working(folder, places) as work:
        work.settle()
        assert work.session.name == "Two of them"
        assert [row.title for row in work.session.rows] == ["the second", "a"]
        document = work.show("the second")
        assert (document.image.geometry.row_spacing, document.image.geometry.column_spacing) == (0.1, 0.2)
        assert document.image.geometry.has_lengths


def test_an_image_opens_its_folder_and_is_shown_first(tmp_path: Path, places: Places) -> None:
    folder = make_folder(tmp_path / "images")
    with working(folder / "c.png", places) as work:
        work.settle()
        assert work.session.row(work.session.current or 0).title == "c"
        assert len(work.session.rows) == 3


def test_small_pictures_arrive_when_they_are_asked_for(tmp_path: Path, places: Places) -> None:
    with working(make_folder(tmp_path / "images", ("a",)), places) as work:
        work.settle()
        work.wait(lambda: work.session.thumbnail(1) is not None)
        small = work.session.thumbnail(1)
        assert small is not None
        assert small.shape == (72, 96, 3)
