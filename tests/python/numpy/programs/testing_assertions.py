# checks: numpy.testing's assertions that hold, and the texts of those that don't
import numpy as np
from numpy.testing import (
    assert_,
    assert_allclose,
    assert_almost_equal,
    assert_array_almost_equal,
    assert_array_equal,
    assert_array_less,
    assert_equal,
    assert_raises,
)

assert_allclose([1.0, 2.0], [1.0, 2.0 + 1e-9])
assert_array_equal([1, np.nan], [1, np.nan])
assert_equal({"a": [1, 2]}, {"a": [1, 2]})
assert_array_less([1, 2], 3)
assert_raises(ValueError, np.reshape, [1, 2], (3,))
with assert_raises(ZeroDivisionError):
    1 / 0


def show(check, *arguments, **options):
    try:
        check(*arguments, **options)
    except AssertionError as error:
        print("---", check.__name__, error)


show(assert_allclose, [1.0, 2.0], [1.0, 2.5])
show(assert_allclose, [1.0], [1.1], rtol=0.01, err_msg="not close")
show(assert_array_equal, [1, 2, 3], [1, 5, 3])
show(assert_array_equal, [1, 2], [1, 2, 3])
show(assert_equal, 1, 2)
show(assert_almost_equal, 1.0, 1.1, decimal=3)
show(assert_array_almost_equal, [1.0, 2.0], [1.0, 2.1], decimal=2)
show(assert_array_less, [1, 5], [2, 4])
show(assert_array_equal, [1.0, np.nan], [1.0, 2.0])
show(assert_, False, "false")
