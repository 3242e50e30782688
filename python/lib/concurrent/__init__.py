"""Holds the package concurrent.futures."""
