"""A wheel is whole: it carries the package, its resources and the models, and an entry point."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    pytest.importorskip("hatchling")
    target = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(target)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=120)
    return zipfile.ZipFile(next(target.glob("*.whl")))


def test_the_wheel_carries_package_resources_and_models(wheel: zipfile.ZipFile) -> None:
    names = set(wheel.namelist())
    assert "urwkv_desktop/__main__.py" in names
    for path in ("samples/project.toml", "keymaps/default.json", "fonts/Inter-Regular.ttf", "icons/app.png"):
        assert f"urwkv_desktop/_bundled/resources/{path}" in names
    for card in (ROOT / "models").glob("*/card.json"):
        assert f"urwkv_desktop/_bundled/models/{card.parent.name}/model.xml" in names


def test_the_wheel_names_the_command_and_the_licences(wheel: zipfile.ZipFile) -> None:
    meta = {n.split(".dist-info/")[1]: n for n in wheel.namelist() if ".dist-info/" in n}
    assert "urwkv-desktop = urwkv_desktop.__main__:main" in wheel.read(meta["entry_points.txt"]).decode()
    assert {"licenses/LICENSE", "licenses/NOTICE"} <= meta.keys()


def test_the_wheel_carries_neither_tests_nor_lent_data(wheel: zipfile.ZipFile) -> None:
    tops = {name.split("/")[0] for name in wheel.namelist()}
    assert tops == {"urwkv_desktop", next(top for top in tops if top.endswith(".dist-info"))}
