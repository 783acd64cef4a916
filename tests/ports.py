"""Ports for servers that bind theirs themselves: each is given out once on this machine while a test runs.

A port that was free a moment ago may be taken by the next worker, or by an outgoing connection, before the
server has bound it. So these lie below those that the system gives out itself, and each stays reserved: the
UDP port of the same number is held until the process ends, which no other worker can hold then, and which
hinders no server that listens on TCP.
"""

import os
import random
import socket

LOWEST, HIGHEST = 12_000, 30_000
_held: list[socket.socket] = []
_dice = random.Random(os.getpid())


def free_port() -> int:
    """A port of 127.0.0.1 that nobody else gets."""
    for _ in range(2_000):
        port = _dice.randrange(LOWEST, HIGHEST)
        mark = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        try:
            mark.bind(("127.0.0.1", port))
            with socket.create_server(("", port)):
                _held.append(mark)
                return port
        except OSError:
            mark.close()
    raise RuntimeError("no port is free")
