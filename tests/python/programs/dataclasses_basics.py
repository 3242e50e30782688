# checks: dataclasses: repr, comparison, defaults, frozen, replace, asdict
from dataclasses import FrozenInstanceError, asdict, dataclass, field, replace


@dataclass(order=True)
class Member:
    number: int
    state: tuple = (1.0, 1.0, 1.0)
    history: list = field(default_factory=list, compare=False)


@dataclass(frozen=True)
class Parameters:
    sigma: float = 10.0
    rho: float = 28.0

    def __post_init__(self):
        if self.sigma <= 0:
            raise ValueError("sigma must be positive")


a, b = Member(1), Member(2)
a.history.append("started")
print(a, b < a, sorted([b, a])[0].number, asdict(b))
print(replace(Parameters(), rho=24.0), Parameters() == Parameters(10.0), hash(Parameters()) == hash(Parameters()))
for attempt in (lambda: setattr(Parameters(), "rho", 1.0), lambda: Parameters(-1)):
    try:
        attempt()
    except (FrozenInstanceError, ValueError) as error:
        print(type(error).__name__, error)
