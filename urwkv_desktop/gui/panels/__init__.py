"""The panels around the canvas. None holds a truth: each shows what it is given and sends intentions."""
