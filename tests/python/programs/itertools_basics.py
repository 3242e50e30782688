# checks: itertools
import itertools as it

print(list(it.islice(it.count(3, 2), 4)), list(it.accumulate([1, 2, 3, 4])), list(it.chain("ab", [1])))
print(list(it.product("ab", repeat=2)), list(it.permutations([1, 2, 3], 2)))
print(list(it.combinations("abcd", 2)), list(it.batched("abcdefg", 3)), list(it.pairwise("abcd")))
print([(key, len(list(group))) for key, group in it.groupby("aaabbc")])
print(list(it.zip_longest("ab", "c", fillvalue="-")), list(it.takewhile(lambda x: x < 3, range(9))))
print(list(it.starmap(pow, [(2, 3), (3, 2)])), list(it.compress("abc", [1, 0, 1])), list(it.repeat(7, 2)))
