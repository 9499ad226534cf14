"""Numbered migrations, each a file of SQL that runs in one transaction."""
