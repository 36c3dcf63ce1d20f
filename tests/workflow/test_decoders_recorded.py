"""A project knows which decoders its images were read by, and says when they are others."""

import json
from pathlib import Path

from tests.homes import make_folder, working
from urwkv_desktop.formats.decoders import decoders
from urwkv_desktop.workflow.places import Places


def test_decoders_are_recorded_and_others_are_said(places: Places, tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "images", ("a",))
    with working(folder, places) as work:
        work.settle()
        assert not [one for one in work.session.findings if one.code == "project.decoders"]
        project = work.session._project
        assert json.loads(str(project.meta("decoders"))) == decoders()
        project.set_meta("decoders", json.dumps({"1.2.840.10008.1.2": "pydicom 2.0"}))
    with working(folder, places) as work:
        work.settle()
        assert [one for one in work.session.findings if one.code == "project.decoders"]
    with working(folder, places) as work:
        work.settle()
        assert not [one for one in work.session.findings if one.code == "project.decoders"]
