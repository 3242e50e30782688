import multiprocessing as mp
from multiprocessing.connection import wait


def echo(connection):
    while True:
        try:
            connection.send(("echo", connection.recv()))
        except EOFError:
            connection.close()
            return


def say(connection, text):
    with connection:
        connection.send(text)


if __name__ == "__main__":
    ours, theirs = mp.Pipe()
    process = mp.Process(target=echo, args=(theirs,))
    process.start()
    theirs.close()
    for message in (1, [2, "three"], "x" * 200_000):
        ours.send(message)
        answer = ours.recv()
        print(answer if len(str(answer)) < 50 else len(answer[1]))
    print(ours.poll(), ours.poll(0.01))
    ours.close()
    process.join()
    print(process.exitcode)

    readers = []
    for name in "ab":
        reader, writer = mp.Pipe(duplex=False)
        mp.Process(target=say, args=(writer, name)).start()
        writer.close()
        readers.append(reader)
    said = []
    while readers:
        for reader in wait(readers):
            try:
                said.append(reader.recv())
            except EOFError:
                readers.remove(reader)
    print(sorted(said))

    reader, writer = mp.Pipe(duplex=False)
    writer.send_bytes(b"bytes")
    print(reader.recv_bytes(), reader.readable, reader.writable)
    for call in (lambda: reader.send(1), writer.recv, lambda: writer.send_bytes(b"x", 5)):
        try:
            call()
        except (OSError, ValueError) as error:
            print(type(error).__name__, error)
    reader.close()
    for call in (reader.recv, lambda: writer.send(1)):
        try:
            call()
        except OSError as error:
            print(type(error).__name__, error)
