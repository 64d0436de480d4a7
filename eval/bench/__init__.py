"""Speed and memory of the search, ours beside LangChain and txtai, each in processes of its own."""
