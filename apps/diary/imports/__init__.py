"""Readers of diary files: plain functions from rows to days, with every fault bound to its row."""
