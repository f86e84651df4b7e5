"""Drop-in guard for LLM applications: text in, verdict out."""

__version__ = "0.1.0"
