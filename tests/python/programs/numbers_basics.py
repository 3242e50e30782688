# checks: integers of any size, floats, rounding, division, complex, Fraction
from fractions import Fraction

print(2**100, -7 // 2, -7 % 2, divmod(-7, 2), 7 / 2, 10**18 * 10**18, hex(255), bin(10), int("ff", 16))
print(0.1 + 0.2, 1e16 + 1, 1e22, 1.0, 1e-5, 123456789.123456789, float("inf"), -0.0, 5e-324)
print(round(2.5), round(3.5), round(2.675, 2), round(1234.5, -2), (0.1).hex(), (0.1).as_integer_ratio())
print((1 + 2j) * (3 - 1j), abs(3 + 4j), Fraction(1, 3) + Fraction(1, 6), pow(3, 200, 7), (255).to_bytes(2, "big"))
print(max(3, 1, 2), sorted([3, 1, 2], reverse=True), (1234567).bit_length(), ~5, 6 ^ 3)
