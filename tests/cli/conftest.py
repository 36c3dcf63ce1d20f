from tests.homes import places, tiny_models

__all__ = ["places", "tiny_models"]
