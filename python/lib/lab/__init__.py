"""What this lab adds to Python: `tell`, and `lab.kernels`, the ensemble's compiled kernels."""

from _lab_told import tell  # noqa: F401
