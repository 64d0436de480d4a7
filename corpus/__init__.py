"""Documents: reading, cleaning, the outline of clauses, duties, targets and references."""
