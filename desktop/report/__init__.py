"""Periods, measures and sheets as plain data."""
