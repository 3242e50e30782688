

busy(0.05)  # the first also pays for a cold start
alone = [trip() for _ in range(TRIPS)]
tell("alone_ms", median(alone))

thread = threading.Thread(target=busy, args=(SECONDS,))
thread.start()
tell("from_ms", 1000 * (time.perf_counter() - BEGAN))
company = []
while thread.is_alive():
    company.append(trip())
tell("company_ms", median(company))
tell("worst_ms", max(company))
tell("trips", len(company))
tell("whole_ms", 1000 * (time.perf_counter() - BEGAN))
