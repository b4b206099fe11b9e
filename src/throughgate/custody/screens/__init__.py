"""Declared lists and pages about custody."""
