"""urwkv-desktop: medical images, each already segmented by U-RWKV, corrected by hand, exported with proof."""

__version__ = "0.1.0"
