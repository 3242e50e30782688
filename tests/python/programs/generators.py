# checks: generators: send, yield from, close, expressions
def averages():
    total = count = 0
    mean = None
    while True:
        value = yield mean
        total += value
        count += 1
        mean = total / count


def chain(*parts):
    for part in parts:
        yield from part
    return "end"


def delegate():
    print("returned", (yield from chain("ab", [1, 2])))


running = averages()
next(running)
print([running.send(x) for x in (10, 20, 60)])
running.close()
print(list(delegate()))
print(sum(x * x for x in range(10) if x % 2))
