"""Formats: bytes of a file to raw lines with their places, one module for each format."""
