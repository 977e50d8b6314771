"""Reading Chinese: the spaCy pipeline, its tables, and the rules over them; it knows no RDF."""
