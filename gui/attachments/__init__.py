"""Files that a user adds to a question: read, made to fit, and looked at."""
