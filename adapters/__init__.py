"""Integrations with other frameworks, one file each."""
