"""Conversations on the disk: `core.storage.store.Store` is all that others need."""
