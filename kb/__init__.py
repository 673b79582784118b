"""What we know and how we ask: the corpus, its passages, themes, citations, queries and engines."""
