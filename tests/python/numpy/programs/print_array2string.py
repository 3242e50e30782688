# checks: array2string, array_repr, array_str, format_float_*
import numpy as np

a = np.array([[1.5, -2.25], [1e3, 0.125]])
print(np.array2string(a, precision=1), np.array2string(a, separator=", "), np.array2string(a, max_line_width=12))
print(np.array2string(np.arange(3), prefix="abc"), np.array2string(np.arange(20), threshold=5, edgeitems=1))
print(
    np.array2string(a, formatter={"float_kind": lambda x: f"<{x:.1f}>"}), np.array_repr(a, precision=1), np.array_str(a)
)
print(
    np.format_float_positional(1e-7),
    np.format_float_positional(0.1, precision=4, unique=False),
    np.format_float_positional(3.0, trim="-"),
)
print(
    np.format_float_scientific(123456.0),
    np.format_float_scientific(np.float32(np.pi)),
    np.format_float_scientific(1e-3, precision=2, exp_digits=3),
)
print(np.base_repr(10, 2), np.base_repr(-255, 16, padding=2), np.binary_repr(5, width=8), np.binary_repr(-3, width=4))
