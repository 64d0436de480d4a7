"""Training of an adapter: the embedding of questions is drawn to the passages that answer them."""
