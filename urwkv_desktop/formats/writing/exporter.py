"""What every format out is: it takes cases one by one, and may end with files of all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from urwkv_desktop.formats.deidentify import Deidentification
from urwkv_desktop.formats.writing.dicom.client import DicomWriter
from urwkv_desktop.formats.writing.proven import Outlet, Written
from urwkv_desktop.formats.writing.record import ExportCase


class Exporter(Protocol):
    """Raises Refusal for a case that the format can't hold, ExportStoppedError where nothing can go on."""

    def add(self, name: str, case: ExportCase) -> Sequence[Written]:
        """name: of the case's files, may hold folders; no other case has it."""
        ...

    def finish(self) -> None:
        """Files that speak of all cases."""
        ...


@dataclass(frozen=True, eq=False)
class Means:
    """What exporters share. formats: all that are written in this pass. rule: where the pass is de-identified."""

    outlet: Outlet
    formats: tuple[str, ...]
    program: dict[str, Any]
    dicom: DicomWriter
    rule: Deidentification | None = None

    @property
    def version(self) -> str:
        return str(self.program.get("version", ""))
