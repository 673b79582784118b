"""From a source file to the corpus, and from the corpus to an index."""
