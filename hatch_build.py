"""Build hook: a wheel carries models and resources inside the package; an editable install reads them in place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class BundleHook(BuildHookInterface):  # type: ignore[type-arg]
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        for folder in ("models", "resources"):
            for file in (Path(self.root) / folder).rglob("*"):
                # Somebody may have opened the samples where they lie; their project is not ours to hand on.
                if file.is_file() and ".urwkv" not in file.name:
                    inside = file.relative_to(self.root).as_posix()
                    build_data["force_include"][str(file)] = f"urwkv_desktop/_bundled/{inside}"
