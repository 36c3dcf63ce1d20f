"""The person's copy of the sample project."""

from dataclasses import replace
from pathlib import Path

import pytest

from urwkv_desktop.imaging import Refusal
from urwkv_desktop.workflow.places import Places, find_places
from urwkv_desktop.workflow.samples import sample_folder


@pytest.fixture
def home(program_home: Path, tmp_path: Path) -> Places:
    samples = tmp_path / "bundled"
    samples.mkdir()
    (samples / "a.png").write_bytes(b"as it came")
    return replace(find_places(), samples=samples)


def test_what_the_person_changed_stays_and_what_is_missing_comes_back(home: Places) -> None:
    copy = sample_folder(home) / "a.png"
    copy.write_bytes(b"changed")
    assert (sample_folder(home) / "a.png").read_bytes() == b"changed"
    copy.unlink()
    assert (sample_folder(home) / "a.png").read_bytes() == b"as it came"


def test_a_place_that_takes_no_copy_is_one_sentence(home: Places) -> None:
    home.data.parent.mkdir(parents=True)
    home.data.write_text("a file where the folder should be")
    with pytest.raises(Refusal, match="cannot be copied"):
        sample_folder(home)


def test_a_program_without_its_samples_says_so(home: Places, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="do not lie beside"):
        sample_folder(replace(home, samples=tmp_path / "nowhere"))
