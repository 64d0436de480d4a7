"""From a question to an answer: understanding, search, fusion, composition."""
