"""What things are: frozen records and enumerations, one noun a file, without input or output."""
