"""The evaluation harness: quality and latency of the shipped guard. Repository only, never in the wheel."""
