"""One rule, one module: each a question about the whole mesh that returns mistakes."""
