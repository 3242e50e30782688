# self-checking: what needs shared memory or messages between processes refuses with a reason
import multiprocessing

for name in ("Queue", "SimpleQueue", "Lock", "Value", "Array", "Manager", "Pipe", "Event"):
    try:
        getattr(multiprocessing, name)()
    except NotImplementedError as error:
        print(error)
    else:
        raise SystemExit(f"{name} is there")
