"""Where things lie: bundled models and resources, and the person's own folders. Lower floors are handed paths."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

_NAME = "urwkv-desktop"
# One folder for everything of the person's (portable use, tests); without it the system's usual places.
HOME_VARIABLE = "URWKV_DESKTOP_HOME"


@dataclass(frozen=True)
class Places:
    """models: bundled models, one folder each. resources: keymaps, icons, fonts, translations. samples: the sample
    project. The others are the person's: they are made when first written to."""

    models: Path
    resources: Path
    samples: Path
    user_models: Path
    config: Path
    data: Path
    cache: Path
    logs: Path

    @property
    def settings_file(self) -> Path:
        return self.config / "settings.toml"

    @property
    def own_keys_file(self) -> Path:
        return self.config / "keys.json"

    @property
    def model_folders(self) -> tuple[Path, Path]:
        """The person's own models come first: one of the same name as a bundled one is meant."""
        return self.user_models, self.models


def find_places() -> Places:
    bundled = _bundled()
    resources = bundled / "resources"
    config, data, cache, logs = _own_folders()
    return Places(bundled / "models", resources, resources / "samples", data / "models", config, data, cache, logs)


def _bundled() -> Path:
    """A wheel and a frozen program carry `_bundled` inside the package; in a source tree it is the tree's root."""
    package = Path(__file__).resolve().parents[1]
    frozen = getattr(sys, "_MEIPASS", None)
    candidates = [package / "_bundled", package.parent]
    if frozen is not None:
        candidates = [Path(frozen) / "urwkv_desktop" / "_bundled", Path(frozen), *candidates]
    return next((place for place in candidates if (place / "resources").is_dir()), package.parent)


def _own_folders() -> tuple[Path, Path, Path, Path]:
    """(config, data, cache, logs)"""
    home = os.environ.get(HOME_VARIABLE)
    if home:
        base = Path(home).expanduser().absolute()
        return base / "config", base / "data", base / "cache", base / "logs"
    import platformdirs

    return (platformdirs.user_config_path(_NAME, appauthor=False), platformdirs.user_data_path(_NAME, appauthor=False),
            platformdirs.user_cache_path(_NAME, appauthor=False), platformdirs.user_log_path(_NAME, appauthor=False))
