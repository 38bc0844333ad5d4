"""Data only: icons, themes, translations."""
