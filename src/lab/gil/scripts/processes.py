

def which():
    """The number of this process, from 1."""
    return int(current_process().name.rpartition("-")[2])


def here(_):
    time.sleep(0.01)  # meanwhile the others are asked
    return which()


def work(number):
    result = task(number)
    results.append(result)
    return which(), result


results = []  # each process has such a list of its own

if __name__ == "__main__":
    warm = time.perf_counter() + 0.1  # the browser compiles what runs, after a while
    while time.perf_counter() < warm:
        task(0)
    start = time.perf_counter()
    alone = [task(number) for number in range(TASKS)]
    tell("alone_ms", ms_since(start))
#outside
    tell("from_ms", ms_since(BEGAN))
    start = time.perf_counter()
    with ProcessPoolExecutor(PROCESSES) as executor:
        up = set()
        while len(up) < PROCESSES:  # until all are up
            up.update(executor.map(here, range(PROCESSES)))
        tell("start_ms", ms_since(start))
        start = time.perf_counter()
        done = list(executor.map(work, range(TASKS)))
        tell("work_ms", ms_since(start))

    assert [result for _, result in done] == alone
    tell("writers", "".join(str(process) for process, _ in done))
    tell("kept", len(results))
    tell("whole_ms", ms_since(BEGAN))
