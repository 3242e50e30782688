"""What nearly every script and each of its processes import, imported ahead: a snapshot of the memory holds it.

Nothing here may depend on when or where it is imported: on the clock, on who we are, on chance. So not `random`, nor
what imports it: whoever goes on from the snapshot would draw the same numbers. Only what `random` needs is here. (NumPy
imports its own when that is first asked for.)
"""

import bisect  # noqa: F401
import concurrent.futures.process  # noqa: F401
import concurrent.futures.thread  # noqa: F401
import functools  # noqa: F401
import itertools  # noqa: F401
import math  # noqa: F401
import multiprocessing.pool  # noqa: F401
import multiprocessing.process  # noqa: F401
import os  # noqa: F401
import threading  # noqa: F401
import time  # noqa: F401

import _lab_child  # noqa: F401
import lab.kernels  # noqa: F401
import numpy  # noqa: F401
