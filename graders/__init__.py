"""Grade kata attempts in a jail, so that a score cannot be forged."""
