"""Beseda's engine: providers, conversations and storage, without Qt."""

__version__ = "0.1.0"
