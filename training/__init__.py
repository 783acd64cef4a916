"""How the weights in the package were made: `python -m training`, and the smaller models beside it."""

import os

# One thread, before numpy is loaded: sums add up in one order, and small products are quickest so.
for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(_name, "1")
