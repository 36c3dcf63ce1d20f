"""One decoder for each transfer syntax, known by name and version."""

from urwkv_desktop.formats.decoders import decoders
from urwkv_desktop.formats.reading.dicom_facts import DECODED


def test_every_syntax_that_is_read_has_its_decoder_on_record() -> None:
    assert set(decoders()) == DECODED | {"1.2.840.10008.1.2.1.99"}
    assert all(word.split()[1][0].isdigit() for word in decoders().values())
