"""Questions and answers that stand beside the work, never in its way."""
