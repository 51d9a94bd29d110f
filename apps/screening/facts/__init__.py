"""Rows of screening as the plain values the rule book works with."""
