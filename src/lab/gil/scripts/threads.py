

def begin():
    """The last thread is here: the clock starts."""
    global start
    tell("start_ms", ms_since(start))
    start = time.perf_counter()


def work(thread):
    """Takes tasks until there are none left."""
    gate.wait()  # all begin at the same time
    while orders:
        try:
            number = orders.popleft()
        except IndexError:  # another thread was faster
            return
        results.append((number, thread, task(number)))


warm = time.perf_counter() + 0.1  # the browser compiles what runs, after a while
while time.perf_counter() < warm:
    task(0)
start = time.perf_counter()
alone = [task(number) for number in range(TASKS)]
tell("alone_ms", ms_since(start))
#outside
tell("from_ms", ms_since(BEGAN))
start = time.perf_counter()
orders = deque(range(TASKS))  # what is still to do
results = []  # what is done: all threads write into this list
gate = threading.Barrier(THREADS, action=begin)
threads = [threading.Thread(target=work, args=(number,)) for number in range(1, THREADS + 1)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
tell("work_ms", ms_since(start))

assert [result for _, _, result in sorted(results)] == alone
tell("writers", "".join(str(thread) for _, thread, _ in results))
tell("whole_ms", ms_since(BEGAN))
