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
            if (Path(self.root) / folder).is_dir():
                build_data["force_include"][folder] = f"urwkv_desktop/_bundled/{folder}"
