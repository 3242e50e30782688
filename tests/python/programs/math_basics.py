# checks: math: exact functions and special values
import math

print(math.sqrt(2), math.floor(-2.5), math.ceil(2.1), math.trunc(-2.7), math.fsum([0.1] * 10), math.hypot(3, 4))
print(math.gcd(12, 18), math.lcm(4, 6), math.factorial(25), math.comb(30, 15), math.perm(5, 2), math.isqrt(10**20))
print(math.inf > 1, math.isnan(math.nan), math.isclose(0.1 + 0.2, 0.3), math.copysign(1, -0.0), math.frexp(10.0))
print(round(math.sin(1.0), 12), round(math.exp(1.5), 12), round(math.log(10), 12), round(math.atan2(1, 2), 12))
print(math.prod([1, 2, 3]), math.dist([0, 0], [3, 4]), math.degrees(math.pi), math.ulp(1.0), math.nextafter(1.0, 2.0))
for attempt in (lambda: math.sqrt(-1), lambda: math.exp(1000), lambda: math.factorial(-1)):
    try:
        attempt()
    except (ValueError, OverflowError) as error:
        print(type(error).__name__)
