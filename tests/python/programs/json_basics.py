# checks: json: dumps, loads, indent, errors
import json

data = {"members": 30, "state": [1.0, 0.1, 1e-300, -0.0], "name": "Lorenz–63", "on": True, "none": None}
text = json.dumps(data)
print(text)
print(json.loads(text) == data)
print(json.dumps({"b": 1, "a": [1, {"c": 2}]}, indent=2, sort_keys=True, ensure_ascii=False))
try:
    json.loads('{"a": 1,}')
except json.JSONDecodeError as error:
    print(type(error).__name__, error.lineno)
try:
    json.dumps({1, 2})
except TypeError as error:
    print(error)
