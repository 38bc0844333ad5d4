"""The settings window, built from what `core.settings` declares."""
