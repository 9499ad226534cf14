"""The outside world: one file for each program or service, plain values in, records out."""
