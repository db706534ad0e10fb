"""How fast it is: every figure a ratio, measured against a rival in one interleaved run."""
