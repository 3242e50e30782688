"""What NumPy keeps apart: views by windows and strides."""

from . import stride_tricks
