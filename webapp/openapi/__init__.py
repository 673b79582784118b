"""One blueprint a page kind; a view parses, asks, presents and renders."""
