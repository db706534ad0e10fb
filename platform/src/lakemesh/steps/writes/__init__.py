"""One kind of write, one module: contract and rows in, one SELECT with fates and what it removes out."""
