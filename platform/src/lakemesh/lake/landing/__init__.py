"""How files arrive: a listing in, batches out; one module per word of `from:`."""
