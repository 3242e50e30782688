// What a process and its parent tell each other where the parent's memory is
// shared: by rings of bytes in it (python/src/processes/ring.rs). Either of them
// may be blocked, and hears no messages.
const pythonRings = (() => {
  "use strict";

  const INBOX_HEADER_BYTES = 8;
  // Kinds of what is in an inbox (python/src/processes/inbox.rs).
  const BY_PAGE = 1;

  // Three words, how many bytes were ever written and read and whose the ring is, and
  // then the bytes. A process that was ended may live on for a while, and leaves alone
  // what is another one's by then.
  const ringAt = (memory, address, ring_bytes, handle) => {
    const words = new Int32Array(memory.buffer);
    const [written, read, owner] = [0, 1, 2].map((index) => (address >> 2) + index);
    const isOurs = () => Atomics.load(words, owner) === handle;
    return { words, written, read, isOurs, bytes: new Uint8Array(memory.buffer, address + 12, ring_bytes) };
  };

  const joined = (parts, length) => {
    const all = new Uint8Array(length);
    let place = 0;
    for (const part of parts) {
      all.set(part, place);
      place += part.length;
    }
    return all;
  };

  // Gives a function that writes events, `[kind, bytes]` each, and blocks while there is no room.
  const outbox = ({ memory, outbox: address, ring_bytes, events, handle }) => {
    const { words, bytes: ring, written, read, isOurs } = ringAt(memory, address, ring_bytes, handle);
    const event = events >> 2;
    const write = (bytes) => {
      for (let done = 0; done < bytes.length && isOurs(); ) {
        const [from, until] = [Atomics.load(words, written), Atomics.load(words, read)];
        const room = ring_bytes - ((from - until) >>> 0);
        if (room === 0) {
          Atomics.wait(words, read, until);
          continue;
        }
        const place = (from >>> 0) % ring_bytes;
        const length = Math.min(room, ring_bytes - place, bytes.length - done);
        ring.set(bytes.subarray(done, done + length), place);
        done += length;
        Atomics.store(words, written, (from + length) | 0);
        Atomics.add(words, event, 1);
        Atomics.notify(words, event);
        pythonRegion.tellScript();
      }
    };
    return (...records) => {
      const header = (kind, bytes) => new Uint8Array(new Uint32Array([handle, kind, bytes.length]).buffer);
      const parts = records.flatMap(([kind, bytes]) => [header(kind, bytes), bytes]);
      const length = parts.reduce((sum, part) => sum + part.length, 0);
      // Each writing wakes the reader: what a ring can take is written at once.
      for (const bytes of length <= ring_bytes ? [joined(parts, length)] : parts) write(bytes);
    };
  };

  // Gives a function that blocks until there is a message, and returns it; or
  // nothing, if it is one that the page brings, or the process is to end. Meanwhile the
  // process does nothing, if `isAlone` says that it has no threads.
  const inbox = ({ memory, inbox: address, ring_bytes, handle }, isAlone) => {
    const { words, bytes: ring, written, read, isOurs } = ringAt(memory, address, ring_bytes, handle);
    // A message is written at once, so that what is there is whole.
    const take = (length) => {
      const until = Atomics.load(words, read);
      const place = (until >>> 0) % ring_bytes;
      const bytes = new Uint8Array(length);
      const before = Math.min(length, ring_bytes - place);
      bytes.set(ring.subarray(place, place + before));
      bytes.set(ring.subarray(0, length - before), before);
      Atomics.store(words, read, (until + length) | 0);
      return bytes;
    };
    return () => {
      const until = Atomics.load(words, read);
      // Before it is taken it lies in the ring, where its parent sees it.
      pythonRegion.rest(isAlone());
      while (Atomics.load(words, written) === until && isOurs()) Atomics.wait(words, written, until);
      pythonRegion.rest(false);
      if (!isOurs()) return undefined;
      const [kind, length] = new Uint32Array(take(INBOX_HEADER_BYTES).buffer);
      return kind === BY_PAGE ? undefined : take(length);
    };
  };

  return { outbox, inbox };
})();
