"""`python -m zhice` is the same program as `zhice`."""

from zhice.cli import main

if __name__ == "__main__":
    main()
