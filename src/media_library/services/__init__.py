"""What we do: work across nouns and programs, called by routes and workers."""
