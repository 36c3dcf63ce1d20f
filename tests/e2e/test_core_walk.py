"""Read, predict with OpenVINO, edit, undo, save, export: in a process without Qt, without torch, without a network."""

import os
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import SimpleITK

from tests.homes import make_folder, places, tiny_models
from urwkv_desktop.workflow.places import Places

__all__ = ["places", "tiny_models"]

WALK = '''
import json, socket, sys
from pathlib import Path


class Blocked:
    """Whoever imports these fails, wherever the import stands."""

    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"PySide6", "shiboken6", "qtawesome", "torch", "typer"}:
            raise ImportError(f"{name} is blocked in this test")
        return None


class NoNetwork(socket.socket):
    def __init__(self, family=-1, type=-1, proto=-1, fileno=None):
        assert fileno is not None or family not in (-1, socket.AF_INET, socket.AF_INET6), "a network socket"
        super().__init__(family, type, proto, fileno)


def main():
    sys.meta_path.insert(0, Blocked())
    socket.socket = NoNetwork
    from tests.homes import stroke, working
    from dataclasses import replace
    from urwkv_desktop.imaging import Status
    from urwkv_desktop.workflow.places import find_places
    from urwkv_desktop.workflow.walk import export_all

    folder, out = Path(sys.argv[1]), Path(sys.argv[2])
    places = replace(find_places(), models=out / "none")
    with working(folder, places) as work:
        work.settle()
        document = work.session.document
        answer = document.mask.voxels.copy()
        assert answer.any() and document.status is Status.predicted
        stroke(document)
        edited = document.mask.voxels.copy()
        document.undo()
        assert (document.mask.voxels == answer).all()
        document.redo()
        work.settle()
    with working(folder, places) as work:
        work.wait(lambda: work.session.document is not None)
        document = work.session.document
        assert (document.mask.voxels == edited).all() and document.history.can_undo
        work.session.accept(then_next=False)
        export_all(work.session, work._turns, out)
        import numpy
        numpy.save(out / "on-screen.npy", document.mask.voxels)
    assert "torch" not in sys.modules and "PySide6" not in sys.modules
    print("walked")


if __name__ == "__main__":
    main()
'''


def test_the_core_works_without_a_window_without_torch_and_without_a_network(tmp_path: Path, places: Places) -> None:
    folder, out, script = make_folder(tmp_path / "images", ("a", "b")), tmp_path / "out", tmp_path / "walk.py"
    script.write_text(WALK)
    checkout = Path(__file__).resolve().parents[2]
    done = subprocess.run([sys.executable, str(script), str(folder), str(out)], cwd=checkout, capture_output=True,
                          text=True, timeout=120, env={**os.environ, "PYTHONPATH": str(checkout)})
    assert done.stdout.strip() == "walked", done.stderr
    on_screen = np.load(out / "on-screen.npy")
    assert np.array_equal(cv2.imread(str(out / "a.png"), cv2.IMREAD_UNCHANGED), on_screen[0])
    volume = SimpleITK.GetArrayFromImage(SimpleITK.ReadImage(str(out / "a.nii.gz")))
    assert np.array_equal(volume, on_screen)
