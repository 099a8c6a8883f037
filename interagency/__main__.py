"""``python -m interagency``."""

from interagency.cli import main

if __name__ == "__main__":
    main()
