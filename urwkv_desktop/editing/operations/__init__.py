"""What has no drag: one file each, (Scene, options) -> MaskEdit, or None where nothing would change."""

from urwkv_desktop.editing.operations.back_to_network import BackToNetworkOptions, back_to_network
from urwkv_desktop.editing.operations.clear_label import ClearLabelOptions, clear_label

__all__ = ["BackToNetworkOptions", "ClearLabelOptions", "back_to_network", "clear_label"]
