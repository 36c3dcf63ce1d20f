"""De-identified copies of DICOM files, and what files say of a person: the answers of the process that writes DICOM."""

import io
from hashlib import sha256

from pydicom import config, dcmread
from pydicom.dataset import FileDataset
from pydicom.uid import DeflatedExplicitVRLittleEndian, ExplicitVRBigEndian, ExplicitVRLittleEndian
from pydicom.uid import ImplicitVRLittleEndian as Implicit

from urwkv_desktop.formats.deidentify import Identifier
from urwkv_desktop.formats.deidentify_tags import clean, identifiers
from urwkv_desktop.formats.reading.dicom_values import BAD_VALUE
from urwkv_desktop.formats.writing.dicom.asking import CopiedFile, CopyRequest, FoundTags, SourceFiles, TagsRequest
from urwkv_desktop.imaging import Message, Refusal

# Groups of network messages and of sequences' marks, which some programs leave in their files; none may be written.
_NO_PART = (0x0000, 0xFFFE)


def tags(request: TagsRequest) -> FoundTags:
    """Raises Refusal where a header can't be read whole: what can't be read can't be promised to be gone."""
    found: dict[tuple[str, str], Identifier] = {}
    for name in request.source.files:
        try:
            data = _read(request.source, name, pixels=False)
            for one in identifiers(data, request.profile):
                found.setdefault((one.where, one.value), one)
        except BAD_VALUE as error:
            raise _unreadable() from error
    return FoundTags(tuple(found.values()))


def copy(request: CopyRequest) -> CopiedFile:
    """Raises Refusal."""
    name, = request.source.files
    try:
        data = _read(request.source, name, pixels=True)
        syntax = data.file_meta.TransferSyntaxUID
        if syntax == ExplicitVRBigEndian or "PixelData" not in data:
            raise Refusal(tried=Message("Writing a de-identified copy."),
                          cause=Message("Its pixels lie in a form that is not copied (big endian, or no integers)."),
                          cure=Message("Export this case as NIfTI or PNG."))
        pixels = sha256(data.PixelData + b"\0" * (len(data.PixelData) % 2)).hexdigest()  # an odd length is mended
        if syntax in (Implicit, DeflatedExplicitVRLittleEndian):
            data.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian  # deflated text could not be searched
        clean(data, request.rule)
        target = io.BytesIO()
        data.save_as(target, enforce_file_format=True)
    except BAD_VALUE as error:
        raise _unreadable() from error
    return CopiedFile(target.getvalue(), pixels)


def _read(source: SourceFiles, name: str, *, pixels: bool) -> FileDataset:
    config.settings.reading_validation_mode = config.IGNORE
    config.settings.writing_validation_mode = config.IGNORE
    data = dcmread(source.root / name, stop_before_pixels=not pixels, force=True)
    for tag in [tag for tag in data.keys() if tag.group in _NO_PART]:  # noqa: SIM118 - a Dataset yields its elements
        del data[tag]
    if "TransferSyntaxUID" not in data.file_meta:
        data.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
        if data.original_encoding[0]:
            data.file_meta.TransferSyntaxUID = Implicit
    return data


def _unreadable() -> Refusal:
    return Refusal(tried=Message("Looking for what identifies the patient."),
                   cause=Message("The header of its image can't be read whole."),
                   cure=Message("Leave the case out, or export it without de-identifying."))
