"""What Askwell costs and how right it is: each bench prints its figures with the data they rest on."""
