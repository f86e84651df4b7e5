"""The normaliser: text as a reader sees it, with an exact map back to the original, and what was hidden in it."""

from guardkit.normalize.form import Normalized, normalize
from guardkit.normalize.signals import NOTHING, Signals

__all__ = ["NOTHING", "Normalized", "Signals", "normalize"]
