"""`python -m guardkit` is the command line."""

from guardkit.cli import main

main()
