# checks: comprehensions: list, set, dict, nested, conditions, walrus
print([x * y for x in range(1, 4) for y in range(1, 4) if x != y])
print(sorted({len(word) for word in "a bb cc ddd".split()}))
print({word: len(word) for word in ("one", "three", "five")})
print([[row[i] for row in ((1, 2, 3), (4, 5, 6))] for i in range(3)])
print([half for x in range(10) if (half := x // 2) % 2])
print(list(zip("abc", range(3), strict=True)), list(enumerate("ab", start=1)))
first, *rest = range(5)
print(first, rest, {**{"a": 1}, "b": 2}, [*"xy", *range(2)])
