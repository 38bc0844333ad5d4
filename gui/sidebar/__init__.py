"""The list of conversations with its folders and its search; the widgets know no service."""
