# checks: pickle by itself: round trips, shared references, functions by name
import pickle
from fractions import Fraction


class Node:
    def __init__(self, value, next=None):
        self.value = value
        self.next = next


thing = {"numbers": [1, 2.5, -3j], "text": "Grüße", "set": {1}, "nested": (None, True, b"\x00\xff"), "f": Fraction(1, 3)}
print(pickle.loads(pickle.dumps(thing)) == thing)
ring = Node(1)
ring.next = ring
copy = pickle.loads(pickle.dumps(ring))
print(copy.next is copy, copy is not ring, copy.value)
shared = [1]
a, b = pickle.loads(pickle.dumps((shared, shared)))
print(a is b)
print(pickle.loads(pickle.dumps(len)) is len, pickle.loads(pickle.dumps(Node)) is Node)
