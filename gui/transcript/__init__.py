"""The scrolling view of a conversation."""
