"""Media Library: a home media appliance in one program and one SQLite file."""
