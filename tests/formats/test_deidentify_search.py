"""The search in what is about to leave: it finds an identifier however it is spelled, and nothing by chance."""

import gzip

import numpy as np
import pytest

from tests.formats.builders import png_bytes
from urwkv_desktop.formats.deidentify import Identifier
from urwkv_desktop.formats.deidentify_search import Search

NAME = Identifier("0010,0010", "PatientName", "Quenzelbach^Wiltrudis", True, is_name=True)
SHORT = Identifier("0010,0010", "PatientName", "Doe^Jo", True, is_name=True)
NUMBER = Identifier("0010,0020", "PatientID", "123456", True)
BORN = Identifier("0010,0030", "PatientBirthDate", "19610412", True)
UMLAUT = Identifier("0010,0010", "PatientName", "Müller^Ängström", True, is_name=True)
UID = Identifier("0008,0018", "SOPInstanceUID", "1.2.3.4.55", True, is_uid=True)
STUDY = Identifier("0008,1030", "StudyDescription", "Prostate", False)


@pytest.mark.parametrize("data", [
    b"Quenzelbach^Wiltrudis", b"QUENZELBACH", b"wiltrudis quenzelbach", "Quenzelbach".encode("utf-16-le"),
    b"x" + "wiltrudis".encode("utf-16-be"), b"QuenzelbachWiltrudis", b"..quenzelbach_wiltrudis.png"])
def test_a_name_is_found_however_it_is_spelled(data: bytes) -> None:
    assert Search([NAME]).first("a.bin", b"\0\1" + data + b"\0") is NAME


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1", "utf-16-le", "iso8859-9"])
def test_letters_beyond_ascii_are_found_in_every_encoding(encoding: str) -> None:
    assert Search([UMLAUT]).first("a.bin", "an müller an".encode(encoding)) is UMLAUT
    assert Search([UMLAUT]).first("a.bin", "an MÜLLER an".encode(encoding)) is UMLAUT


@pytest.mark.parametrize("data", [b"1961-04-12", b"12.04.1961", b"04/12/1961", b"born 19610412."])
def test_a_birth_date_is_found_in_its_usual_writings(data: bytes) -> None:
    assert Search([BORN]).first("a.json", data) is BORN


def test_short_names_and_numbers_are_words_of_their_own() -> None:
    assert Search([SHORT]).first("a.json", b"for doe, j.") is SHORT
    assert Search([SHORT]).first("a.json", b"does shadoe") is None
    assert Search([NUMBER]).first("a.json", b"2.25.9123456789") is None
    assert Search([NUMBER]).first("a.json", b"id 123456;") is NUMBER
    assert Search([NUMBER]).first("a.json", "id 123456;".encode("utf-16-le")) is NUMBER


def test_an_identifier_of_an_instance_is_found_but_not_as_the_beginning_of_another() -> None:
    assert Search([UID]).first("a.dcm", b"\0\x001.2.3.4.55\0") is UID
    assert Search([UID]).first("a.dcm", b"1.2.3.4.556") is None


def test_the_name_of_a_file_is_searched_too() -> None:
    assert Search([NAME]).first("masks/quenzelbach.png", b"") is NAME


def test_a_description_may_be_the_name_of_a_label_and_is_no_leak_then() -> None:
    assert Search([STUDY]).first("a.json", b'"prostate"') is STUDY
    assert Search([STUDY], ["prostate"]).first("a.json", b'"prostate"') is None


def test_what_is_compressed_is_opened_first() -> None:
    header = b"\0" * 148 + b"Quenzelbach".ljust(80, b"\0") + b"\0" * 124
    assert Search([NAME]).first("a.nii.gz", gzip.compress(header)) is NAME


def test_letters_among_pixels_are_chance() -> None:
    pixels = np.frombuffer(b" doe 123456 " * 50, np.uint8)
    assert Search([SHORT, NUMBER]).first("a.png", png_bytes(600, 1, 8, 0, b"\0" + pixels.tobytes())) is None
    header = b"\xe0\x7f\x10\x00OW\0\0" + len(pixels).to_bytes(4, "little")
    assert Search([SHORT, NUMBER]).first("a.dcm", b"DICM" + header + pixels.tobytes()) is None
    assert Search([SHORT]).first("a.dcm", b"DICM doe " + header + pixels.tobytes()) is SHORT
