"""The lasting list of graded attempts."""
