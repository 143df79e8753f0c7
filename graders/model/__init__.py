"""The nouns: frozen data that every other room shares."""
