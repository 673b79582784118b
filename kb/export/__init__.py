"""Passages written out for other programs: one module a format, each a stream of text."""
