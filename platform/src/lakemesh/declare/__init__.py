"""What a person wrote: one module per kind of file. No SQL, no lake, no other product."""
