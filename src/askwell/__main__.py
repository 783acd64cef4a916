"""`python -m askwell` is the command line."""

from askwell.doors.cli import main

if __name__ == "__main__":
    main(prog_name="askwell")
