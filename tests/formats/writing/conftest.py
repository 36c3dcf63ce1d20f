"""One export of DICOM objects for all tests of this folder: the process that writes them takes a second to start."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.judges.fixtures import Fixture, made
from urwkv_desktop.formats.export import ExportReport, export

PROGRAM = {"name": "urwkv-desktop", "version": "0.1"}
DICOM = ("dicom-seg", "dicom-labelmap", "rtstruct")


@dataclass(frozen=True, eq=False)
class Exported:
    fixtures: dict[str, Fixture]
    out: Path
    report: ExportReport

    def refusals(self, name: str) -> list[str]:
        return [str(why) for stem, why in self.report.refused if stem == name]


@pytest.fixture(scope="session")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Exported:
    folder = tmp_path_factory.mktemp("dicom")
    fixtures = {one.name: one for one in made(folder / "made")}
    report = export([one.case for one in fixtures.values()], folder / "out", DICOM, program=PROGRAM)
    return Exported(fixtures, folder / "out", report)
