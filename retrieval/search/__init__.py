"""Search: from a Query to the passages that may answer, best first."""
