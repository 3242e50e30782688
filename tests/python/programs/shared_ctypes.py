import ctypes
from ctypes import c_double, c_int, sizeof
from multiprocessing import Array, Process, RawArray, RawValue, Value


def work(total, numbers, flag):
    with total.get_lock():
        total.value += 5
    for index in range(len(numbers)):
        numbers[index] *= 2
    flag.value = True


if __name__ == "__main__":
    total, numbers, flag = Value(ctypes.c_int, 37), Array(ctypes.c_double, [1.5, 2.5]), Value(ctypes.c_bool, False)
    process = Process(target=work, args=(total, numbers, flag))
    process.start()
    process.join()
    print(total.value, numbers[:], flag.value)
    zeros = Array(c_double, 4, lock=False)
    print(list(zeros), len(zeros), RawValue(c_int).value, list(RawArray(ctypes.c_ubyte, b"ab")))
    big = Value(ctypes.c_longlong, 2**40)
    small = Value(ctypes.c_int8, 300)
    print(big.value, small.value, Value(ctypes.c_uint16, -1).value, Value(ctypes.c_char, b"x").value)
    print([sizeof(kind) for kind in (ctypes.c_char, c_int, c_double, ctypes.c_long, ctypes.c_size_t, ctypes.c_bool)])
    print(c_int(), c_int(2**31), c_double(3), ctypes.c_bool(5), ctypes.c_char(b"a"), ctypes.c_uint8(257))
    number = c_int(7)
    number.value += 1
    print(number.value, ctypes.c_float(0.1).value, ctypes.c_int32 is c_int, isinstance(number, ctypes.c_int))
    for wrong in (lambda: c_int("1"), lambda: c_double("1"), lambda: Value("no", 1), lambda: c_int(1.5)):
        try:
            wrong()
        except TypeError as error:
            print(type(error).__name__)
