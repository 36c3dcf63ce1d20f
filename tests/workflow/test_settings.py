"""Settings survive, keep what they do not know, and say which value they did not take."""

from pathlib import Path

import msgspec
import pytest

from urwkv_desktop.workflow.settings import RecentProject, Settings, load, save


def test_settings_come_back_as_they_were_saved(tmp_path: Path) -> None:
    file = tmp_path / "config" / "settings.toml"
    settings = Settings().changed("brush", size=12.0).changed("appearance", theme="light")
    settings = settings.changed("network", device="intel-gpu", mirror="doubt")
    settings = settings.with_recent(RecentProject("/a/a.urwkv", "/a", "a", 3, 10))
    save(settings, file)
    assert load(file) == (settings, ())
    assert [entry.name for entry in file.parent.iterdir()] == ["settings.toml"]


def test_no_file_means_defaults(tmp_path: Path) -> None:
    assert load(tmp_path / "none.toml") == (Settings(), ())


def test_a_bad_value_is_replaced_with_a_finding_and_the_others_stay(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('[brush]\nsize = -4\nshape = "square"\n[canvas]\nfill_opacity = "much"\n')
    settings, findings = load(file)
    assert (settings.brush.size, settings.brush.shape) == (0.0, "square")
    assert settings.canvas.fill_opacity == 0.18
    assert ["brush.size" in str(finding.message) for finding in findings] == [False, True]
    assert "canvas.fill_opacity" in str(findings[0].message)


def test_unknown_keys_are_kept(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text("[brush]\nfuture = 1\n[later]\nx = 2\n")
    settings, _ = load(file)
    save(settings, file)
    text = file.read_text()
    assert "future = 1" in text
    assert "[later]" in text


@pytest.mark.parametrize("content", [b"[brush\n", b"\xff\xfe\x00"])
def test_a_file_that_is_no_toml_gives_defaults_and_a_finding(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "settings.toml"
    file.write_bytes(content)
    settings, findings = load(file)
    assert settings == Settings()
    assert [finding.code for finding in findings] == ["settings.unreadable"]


def test_a_change_outside_its_bounds_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError):
        Settings().changed("canvas", fill_opacity=2.0)


def test_the_latest_project_stands_first_and_once() -> None:
    settings = Settings()
    for name in ("a", "b", "a"):
        settings = settings.with_recent(RecentProject(f"/{name}.urwkv", "/", name))
    assert settings.recent.projects == ("/a.urwkv", "/b.urwkv")
