"""Gift cards and store credit, as a seller hands them out."""
