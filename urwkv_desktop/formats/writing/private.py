"""What becomes of a case when an export is de-identified: other names, and a search for the old ones."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import PurePosixPath

from urwkv_desktop.formats.burned_in import suspected_text
from urwkv_desktop.formats.catalogue import OUT_FORMATS
from urwkv_desktop.formats.deidentify import Deidentification, Identifier
from urwkv_desktop.formats.deidentify_search import Search
from urwkv_desktop.formats.writing.dicom.asking import SourceFiles, TagsRequest
from urwkv_desktop.formats.writing.dicom.client import DicomWriter
from urwkv_desktop.formats.writing.record import ExportCase
from urwkv_desktop.imaging import Message, Refusal, legible


@dataclass(frozen=True)
class Privacy:
    """rule: how it is done. keep_suspected: images at whose borders text is suspected leave all the same."""

    rule: Deidentification
    keep_suspected: bool = False

    def name(self, stem: str) -> str:
        """A case's name in what leaves; the same in every export of the project."""
        return f"case-{self.rule.code('case', stem)}"


class PrivateCases:
    """formats: those of this pass."""

    def __init__(self, privacy: Privacy, formats: Iterable[str], dicom: DicomWriter) -> None:
        self._privacy, self._dicom = privacy, dicom
        self._shows_pixels = any(one.images and one.name in set(formats) for one in OUT_FORMATS)
        self._all: dict[tuple[str, str], Identifier] = {}
        self._pardoned: set[str] = set()

    def code(self, stem: str) -> str:
        return self._privacy.name(stem)

    def case(self, case: ExportCase) -> tuple[ExportCase, Search]:
        """The case under its code, without a comment, and what none of its files may hold.

        Raises Refusal where its image would leave and text is suspected in it, or its tags can't be read.
        """
        if self._shows_pixels and not self._privacy.keep_suspected and suspected_text(case.image, case.format):
            raise Refusal(tried=Message("De-identifying this case."),
                          cause=Message("Text is suspected at the border of its image."),
                          cure=Message("Look at it. Where it names no one, export again and keep such images."))
        found, pardoned = self._identifiers(case), _pardoned(case)
        self._pardoned |= pardoned
        self._all.update({(one.name, one.value): one for one in found})
        rule = self._privacy.rule
        reader = f"reader-{rule.code('reader', case.reader)[:8]}" if case.reader else ""
        stem = self.code(case.stem)
        left = replace(case, stem=stem, names=(stem,), reader=reader, flag=replace(case.flag, comment=""),
                       image_sha256=rule.code("image", case.image_sha256))
        return left, Search(found, pardoned)

    def search(self) -> Search:
        """For the files that speak of all cases."""
        return Search(self._all.values(), self._pardoned)

    def _identifiers(self, case: ExportCase) -> list[Identifier]:
        found: list[Identifier] = []
        if case.format == "dicom" and case.root is not None:
            source = SourceFiles(case.root, case.source_files, case.part)
            found += self._dicom.tags(TagsRequest(source, self._privacy.rule.profile)).identifiers
        found += [Identifier("file", "file name", name, False) for name in _names(case)]
        if case.reader:
            found.append(Identifier("reader", "reader's name", case.reader, False))
        return found


def _names(case: ExportCase) -> dict[str, None]:
    """Names of the files and the folders below the root that they lie in."""
    names: dict[str, None] = {}
    for file in (*case.source_files, case.stem):
        path = PurePosixPath(legible(file).replace("\\", "/"))
        names.update(dict.fromkeys((path.name, path.stem, *path.parts[:-1])))
    # A file called 00001.dcm names no one, and ours are called so too.
    return {name: None for name in names if sum(letter.isalpha() for letter in PurePosixPath(name).stem) > 2}


def _pardoned(case: ExportCase) -> set[str]:
    """Words that stand in every export of this case: what is not sure to be a name may be one of them."""
    stays = {label.name for label in case.labels} | {case.model, f"{datetime.now(UTC):%Y%m%d %Y-%m-%d}"}
    return stays | {"images masks labels training validation accepted predicted edited nnunet manifest dicom "
                    "imagesTr labelsTr imagesTs labelsTs urwkv-desktop segmentation colour volumes"}
