"""What the window shows of export, import and the Markdown mirror, and of copies of the store."""
