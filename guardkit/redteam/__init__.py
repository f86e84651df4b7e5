"""Attacks on a guard: our own generator, every obfuscation, and a search that reads the guard's scores."""
