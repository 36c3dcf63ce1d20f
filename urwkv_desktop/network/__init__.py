"""U-RWKV itself, in the order in which the paper tells it; torch only."""

from urwkv_desktop.network.urwkv import DIMS, GRAPHS, STRIDE, URWKV, build_network
from urwkv_desktop.network.wkv import bi_wkv

__all__ = ["DIMS", "GRAPHS", "STRIDE", "URWKV", "bi_wkv", "build_network"]
