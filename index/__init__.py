"""The index: passages, tokens, embedding, vectors, postings, catalogue and the store that holds them."""
