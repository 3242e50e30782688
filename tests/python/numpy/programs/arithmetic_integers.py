# checks: division, remainder, powers and shifts of integers
import numpy as np

a, b = np.array([7, -7, 7, -7]), np.array([2, 2, -2, -2])
print(a / b, a // b, a % b, np.divmod(a, b), np.fmod(a, b), np.floor_divide(a, 2), np.remainder(a, 3))
print(
    a**2,
    2 ** np.arange(5),
    np.power(a, 3),
    np.square(a),
    np.negative(a),
    np.positive(a),
    np.absolute(a),
    abs(a),
    np.sign(a),
)
print(a & 3, a | 8, a ^ b, ~a, a << 2, a >> 1, np.invert(np.array([True, False])), np.bitwise_count(np.array([255, 7])))
print(np.gcd(12, [8, 18]), np.lcm([4, 6], 10), -np.array([1, 2], np.uint8), np.array([7], np.uint8) // 2)
try:
    np.array([2]) ** -1
except ValueError as error:
    print(error)
try:
    np.array([1.5]) & 1
except TypeError as error:
    print(error)
try:
    -np.array([True])
except TypeError as error:
    print(error)
try:
    np.array([True]) - np.array([False])
except TypeError as error:
    print(error)
