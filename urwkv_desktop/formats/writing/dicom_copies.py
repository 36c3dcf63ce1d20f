"""De-identified copies of the images themselves, where they are DICOM: dicom/NAME.dcm, or a folder of a series."""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from urwkv_desktop.formats.deidentify_search import pixels_at
from urwkv_desktop.formats.writing.dicom.asking import CopiedFile, CopyRequest, SourceFiles
from urwkv_desktop.formats.writing.exporter import Means
from urwkv_desktop.formats.writing.proven import Written, mismatch
from urwkv_desktop.formats.writing.record import ExportCase
from urwkv_desktop.imaging import Message, Refusal

FOLDER = "dicom"
_VALUE_AT, _UNDEFINED, _DELIMITER = 12, b"\xff\xff\xff\xff", 8


class DicomCopies:
    """Copies leave de-identified or not at all."""

    def __init__(self, means: Means) -> None:
        self._means = means

    def add(self, name: str, case: ExportCase) -> Sequence[Written]:
        rule = self._means.rule
        if rule is None:
            raise _refused(Message("Copies of DICOM images leave de-identified only."),
                           Message("Export with --deidentify, or choose De-identify."))
        if case.format != "dicom" or case.root is None:
            raise _refused(Message("This image is no DICOM image."), Message("Export it as a training set."))
        names = [f"{FOLDER}/{name}.dcm"]
        if len(case.source_files) > 1:
            names = [f"{FOLDER}/{name}/{number:05d}.dcm" for number in range(1, len(case.source_files) + 1)]
        return [self._copy(target, CopyRequest(SourceFiles(case.root, (file,)), rule), case)
                for target, file in zip(names, case.source_files, strict=True)]

    def finish(self) -> None:
        """Each copy stands by itself."""

    def _copy(self, name: str, request: CopyRequest, case: ExportCase) -> Written:
        made: list[CopiedFile] = []

        def write(target: BinaryIO) -> None:
            made.append(self._means.dicom.copy(request))
            target.write(made[0].data)

        return self._means.outlet.write(name, "dicom copy", write, lambda path: _prove(path, name, made[0]),
                                        key=case.key("dicom", name, self._means.version))


def _prove(path: Path, name: str, made: CopiedFile) -> None:
    """The pixels' bytes as they lie on the disk are the source's."""
    data = path.read_bytes()
    at = pixels_at(data)
    if at is None or data != made.data:
        raise mismatch(name, Message("Read back, it is cut short or damaged."))
    length = data[at + 8:at + _VALUE_AT]
    end = len(data) - _DELIMITER if length == _UNDEFINED else at + _VALUE_AT + int.from_bytes(length, "little")
    if sha256(memoryview(data)[at + _VALUE_AT:end]).hexdigest() != made.pixels_sha256:
        raise mismatch(name, Message("Read back, its pixels are not the image's."))


def _refused(cause: Message, cure: Message) -> Refusal:
    return Refusal(tried=Message("Writing a de-identified copy."), cause=cause, cure=cure)
