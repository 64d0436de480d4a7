"""Look-ups: what a question names outright is looked up, past the vectors."""
