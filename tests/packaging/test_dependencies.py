"""The lock repeats what the ranges in pyproject.toml allow, and one known fault of Qt's binding stays out."""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def lock_lines() -> list[str]:
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def locked() -> dict[str, Version]:
    pairs = (line.split("==") for line in lock_lines())
    return {canonicalize_name(name): Version(version) for name, version in pairs}


def required() -> list[Requirement]:
    optional = PROJECT["optional-dependencies"]
    stated = [*PROJECT["dependencies"], *optional["train"], *optional["dev"]]
    return [r for r in map(Requirement, stated) if r.marker is None or r.marker.evaluate({"python_version": "3.11"})]


def test_the_lock_holds_exact_versions_and_nothing_of_one_machine() -> None:
    for line in lock_lines():
        assert re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][A-Za-z0-9.]*", line), line  # no hash, no address, no +cpu


@pytest.mark.parametrize("requirement", required(), ids=str)
def test_the_lock_has_a_version_inside_each_range(requirement: Requirement) -> None:
    assert locked()[canonicalize_name(requirement.name)] in requirement.specifier


def test_the_lock_leaves_out_what_the_program_must_not_bring() -> None:
    unwanted = {"opencv-python", "pyside6-addons", "pyside6", "pylibjpeg-libjpeg", "dicom-anonymizer"}
    assert not unwanted & locked().keys()


def test_calls_through_qts_binding_do_not_use_up_none() -> None:
    """PySide6 6.12.0 on Python 3.11 drops one reference to None at each call that returns nothing, and then aborts."""
    if sys.version_info >= (3, 12):
        pytest.skip("None is immortal from Python 3.12 on")
    core = pytest.importorskip("PySide6.QtCore")
    target = core.QObject()
    before = sys.getrefcount(None)
    for _ in range(1000):
        target.setObjectName("name")
    assert sys.getrefcount(None) > before - 500
