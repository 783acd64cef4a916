"""All benches, one after another: `make bench`."""

from bench import main_job

if __name__ == "__main__":
    main_job.main()
