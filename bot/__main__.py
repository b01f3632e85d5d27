"""`python -m bot` is `msc`."""

from handlers.cli import main

if __name__ == "__main__":
    main()
