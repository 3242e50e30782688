# checks: threading.local keeps a value for each thread
import threading

local = threading.local()
local.value = "main"
found = []


def work(value):
    found.append(hasattr(local, "value"))
    local.value = value
    found.append(local.value)


for value in "ab":
    thread = threading.Thread(target=work, args=(value,))
    thread.start()
    thread.join()
print(found, local.value)
