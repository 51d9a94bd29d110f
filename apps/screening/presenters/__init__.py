"""Wording of the screening pages."""
