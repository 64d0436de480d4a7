"""Questions: from the words of a question, and of the chat before it, to a Query, read once."""
