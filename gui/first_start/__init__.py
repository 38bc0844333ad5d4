"""What a new user sees first: who can answer, and how to begin."""
