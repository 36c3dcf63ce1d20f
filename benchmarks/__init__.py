"""What `make bench` runs: every figure of the product's budget that this machine can measure."""
