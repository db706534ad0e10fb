"""Lakemesh: a data platform that people clone."""

__version__ = "0.1.0"
