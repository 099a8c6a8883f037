"""The program: ``interagency``, and ``python -m interagency``."""

import sys
import typing


def main() -> typing.NoReturn:
    """Run the command line; one that is interrupted while it still loads leaves as quietly."""
    try:
        from interagency.cli import main as run

        run()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
