"""What this lab adds to Python: `lab.kernels`, the ensemble's compiled kernels."""
