"""Recipes, data, the training run, its score and its publication. Import the modules late: they bring torch."""
