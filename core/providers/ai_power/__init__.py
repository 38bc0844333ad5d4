"""The chat protocols of the WordPress plugin AI Power, v1 and v2."""
