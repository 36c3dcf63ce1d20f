"""urwkv-desktop --self-test: without a window and with network sockets forbidden."""

from urwkv_desktop.workflow.places import find_places
from urwkv_desktop.workflow.self_test import self_test as run_self_test


def self_test() -> int:
    run_self_test(find_places(), print)
    print("self-test passed")
    return 0
