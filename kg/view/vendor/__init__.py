"""Other people's work that the page carries: see ``README.md`` in this folder."""
