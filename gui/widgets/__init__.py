"""Reusable widgets; none knows a service."""
