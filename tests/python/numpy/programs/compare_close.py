# checks: isclose, allclose, array_equal, array_equiv
import numpy as np

a = np.array([1.0, 1e-9, np.nan, np.inf])
print(np.isclose(a, [1.00001, 0, np.nan, np.inf]), np.isclose(a, [1.0001, 2e-8, 1, -np.inf]))
print(np.isclose(a, a, equal_nan=True), np.isclose(1, 1.1, rtol=0.2), np.isclose([0.0], [1e-9], atol=0))
print(
    np.allclose([1, 2], [1, 2.00001]),
    np.allclose([1, 2], [1, 2.1]),
    np.allclose(a, a),
    np.allclose(a, a, equal_nan=True),
)
print(
    np.array_equal([1, 2], [1, 2]),
    np.array_equal([1, 2], [1, 2, 3]),
    np.array_equal([1], [1.0]),
    np.array_equal(a, a, equal_nan=True),
)
print(np.array_equiv([1, 1], [[1, 1], [1, 1]]), np.array_equal([[1]], [1]), np.isscalar(3), np.isscalar(np.array(3)))
print(0.1 + 0.2 == 0.3, np.isclose(0.1 + 0.2, 0.3), type(np.isclose(1, 1)).__name__, type(np.allclose(1, 1)).__name__)
