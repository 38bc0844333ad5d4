"""Keys that work in every program: one interface, and one file for each system."""
