"""Finding out where the way to a service ends, and whose certificate it shows."""
