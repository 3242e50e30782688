# checks: instances of the script's own classes travel both ways
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass


@dataclass
class State:
    x: float
    y: float

    def moved(self, step):
        return State(self.x + step, self.y - step)


def move(state):
    return state.moved(0.5)


if __name__ == "__main__":
    with ProcessPoolExecutor(1) as executor:
        result = executor.submit(move, State(1.0, 2.0)).result()
        print(result, type(result) is State, result == State(1.5, 1.5))
        print(executor.submit(State(0.0, 0.0).moved, 2.0).result())
