"""The image, its mask and the hand on it: paints only what is exposed, at a cost of the window's pixels."""
