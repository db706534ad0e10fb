"""`python -m lakemesh.cli` is `lakemesh`."""

from lakemesh.cli.app import main

main()
