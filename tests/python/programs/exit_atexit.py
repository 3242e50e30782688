# checks: atexit functions run at the end, last one first
import atexit

atexit.register(print, "first registered")
atexit.register(print, "second registered")
print("end")
