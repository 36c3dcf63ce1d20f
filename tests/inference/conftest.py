from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from urwkv_desktop.inference.library import Model, ModelLibrary

pytest.importorskip("torch", reason="the tiny model of these tests is made with torch")

from tests.inference.tiny_model import make_tiny_model


@pytest.fixture(scope="session")
def tiny_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A models folder with one model, `tiny`. Not to be written to."""
    models = tmp_path_factory.mktemp("models")
    make_tiny_model(models / "tiny")
    return models


@pytest.fixture
def models(tiny_folder: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may spoil."""
    return Path(shutil.copytree(tiny_folder, tmp_path / "models"))


@pytest.fixture(scope="session")
def tiny(tiny_folder: Path) -> Model:
    return ModelLibrary([tiny_folder]).get("tiny")
