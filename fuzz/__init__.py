"""Fuzzing of the guard without its model: `make fuzz`, or `python -m fuzz --seconds 60`."""
