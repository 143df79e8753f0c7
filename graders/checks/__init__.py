"""The procedures that decide criteria, one a kind."""
