"""From request to page: the web application."""
