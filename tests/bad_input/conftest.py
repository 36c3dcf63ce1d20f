from tests.homes import places, shell, tiny_models

__all__ = ["places", "shell", "tiny_models"]
