"""A damaged file in a session: seen as far as it goes, and nothing else can be done with it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.homes import make_folder, working
from urwkv_desktop.imaging import Status
from urwkv_desktop.workflow.places import Places


def cut(folder: Path) -> None:
    whole = (folder / "a.png").read_bytes()
    (folder / "bad.png").write_bytes(whole[: 2 * len(whole) // 3])


def test_what_is_there_is_seen_and_left_alone(places: Places, tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "images", ("a", "z"))
    cut(folder)
    with working(folder, places) as work:
        work.settle()
        session = work.session
        bad = next(row.id for row in session.rows if row.title == "bad")
        session.open_case(bad)
        assert session.document is None
        assert session.shows_part is not None
        session.shows_part()
        work.wait(lambda: session.document is not None)
        document = session.document
        assert document is not None
        assert not document.is_writable
        assert "nothing is predicted here" in str(document.image.findings[0].message).lower()
        session.predict_again()
        session.accept(then_next=False)
        session.exclude(True)
        work.settle()
        assert document.status is Status.new
        assert not document.mask.voxels.any()
        assert session.case_refusal is None
        work.show("a")
        session.open_case(bad)
        assert session.document is None
        assert session.case_refusal is not None


def test_a_file_of_another_kind_offers_no_part(places: Places, tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "images", ("a",))
    (folder / "bad.png").write_text("Dear colleague, thank you for the referral.")
    with working(folder, places) as work:
        work.settle()
        work.session.open_case(next(row.id for row in work.session.rows if row.title == "bad"))
        assert work.session.case_refusal is not None
        assert work.session.shows_part is None


def test_the_shell_refuses_what_the_window_would_show(shell: Callable[..., Any], tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "images", ("a",))
    cut(folder)
    said = shell("segment", folder, "--model", "tiny", "--out", tmp_path / "out")
    assert said.code == 1
    assert not (tmp_path / "out/bad.png").exists()
