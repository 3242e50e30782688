# checks: a subclass of Thread with run()
import threading


class Summer(threading.Thread):
    def __init__(self, numbers):
        super().__init__(name="summer")
        self.numbers = numbers
        self.total = None

    def run(self):
        self.total = sum(self.numbers)


thread = Summer(range(101))
print(thread.name, thread.total)
thread.start()
thread.join()
print(thread.total)
try:
    Summer([]).join()
except RuntimeError as error:
    print(error)
