"""Integrations with other frameworks, one file each; each imports its framework only when it is imported itself.

Imports among these modules are relative, because type checkers see the folder under its own name.
"""
