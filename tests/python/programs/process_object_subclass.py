# checks: a subclass of Process with run()
import multiprocessing


class Greeter(multiprocessing.Process):
    def __init__(self, text):
        super().__init__()
        self.text = text

    def run(self):
        print(multiprocessing.current_process().name, "says", self.text)


if __name__ == "__main__":
    greeter = Greeter("hello")
    greeter.start()
    greeter.join()
    print(multiprocessing.current_process().name, multiprocessing.parent_process())
