

if __name__ == "__main__":
    busy(0.05)  # the first also pays for a cold start
    alone = [trip() for _ in range(TRIPS)]
    tell("alone_ms", median(alone))

    with ProcessPoolExecutor(1) as executor:
        executor.submit(busy, 0).result()  # until it is up
        future = executor.submit(busy, SECONDS)
        tell("from_ms", 1000 * (time.perf_counter() - BEGAN))
        company = []
        while not future.done():
            company.append(trip())
    tell("company_ms", median(company))
    tell("worst_ms", max(company))
    tell("trips", len(company))
    tell("whole_ms", 1000 * (time.perf_counter() - BEGAN))
