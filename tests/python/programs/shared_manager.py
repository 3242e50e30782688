import multiprocessing as mp


def work(number, squares, order, names, lock, results):
    with lock:
        squares[number] = number**2
        order.append(number)
        names.last = number
    results.put(number)


if __name__ == "__main__":
    with mp.Manager() as manager:
        squares, order, names = manager.dict(), manager.list(["begin"]), manager.Namespace(last=None)
        lock, results, value = manager.Lock(), manager.Queue(), manager.Value("i", 3)
        processes = [mp.Process(target=work, args=(n, squares, order, names, lock, results)) for n in (1, 2)]
        for process in processes:
            process.start()
            process.join()
        print(squares, order, names, value)
        with mp.Pool(2) as pool:
            pool.starmap(work, [(n, squares, order, names, lock, results) for n in (3, 4)])
        print(sorted(squares.items()), len(order), sorted(results.get() for _ in range(4)), results.empty())
        try:
            squares["missing"]
        except KeyError as error:
            print("KeyError", error)
        value.value += 1
        print(value.value, order[0], squares.get(9), 3 in squares)
        print([process.name for process in processes])
