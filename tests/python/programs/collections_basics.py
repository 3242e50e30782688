# checks: Counter, defaultdict, deque, namedtuple, OrderedDict, ChainMap
from collections import ChainMap, Counter, OrderedDict, defaultdict, deque, namedtuple

counts = Counter("mississippi")
print(counts.most_common(2), counts["x"], sorted((counts - Counter("miss")).items()))
groups = defaultdict(list)
for word in "apple bee avocado".split():
    groups[word[0]].append(word)
print(dict(groups))
window = deque(maxlen=3)
for x in range(5):
    window.append(x)
print(window, window[0])
Point = namedtuple("Point", "x y")
print(Point(1, 2), Point(1, 2)._replace(y=5), Point(3, 4).x)
ordered = OrderedDict(a=1, b=2)
ordered.move_to_end("a")
print(list(ordered), dict(ChainMap({"a": 1}, {"a": 2, "b": 3})))
