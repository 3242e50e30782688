// The worker of one Python interpreter: the script's own, a child process, or a
// further thread of the same interpreter. The build puts wasm-bindgen's glue
// before this, as `wasm_bindgen`: for the isolated artefact that makes one
// classic script, which starts by URL or from a blob; for the threaded one a
// module.
(() => {
  "use strict";

  // Deep Python calls need it; RustPython guesses a stack of 8 MiB, and turns
  // back in time where there is that much.
  const THREAD_STACK_BYTES = 9 << 20;
  // Kinds of a child's events (python/src/processes.rs).
  const READY = 0;
  const MESSAGE = 1;
  const ENDED = 2;

  const tell = (header, data) => self.postMessage({ header: JSON.stringify(header), data }, data ? [data] : []);
  const fail = (error) => tell({ failed: { message: String(error?.message ?? error) } });
  const print = (stream, text) => tell({ printed: { stream, text } });

  // What Python asks of the page, which alone is never blocked.
  self.parallelLabProcesses = {
    spawn: (handle, slot) => tell({ spawn: { handle, slot } }),
    send: (handle, data) => tell({ send: { handle } }, data.slice().buffer),
    terminate: (handle) => tell({ terminate: { handle } }),
    record: (kind, start_ms, end_ms, label, thread) => tell({ span: { kind, start_ms, end_ms, label, thread } }),
  };
  self.spawn_thread = (order) => tell({ thread: { order } });

  // A child's events go straight into its parent's memory, where there is a
  // ring for it: the parent's worker may be blocked, and hears no messages.
  const ringWriter = ({ memory, address, ring_bytes, events, slot, handle }) => {
    const start = address + slot * (ring_bytes + 8);
    const words = new Int32Array(memory.buffer);
    const ring = new Uint8Array(memory.buffer, start + 8, ring_bytes);
    const [written, read, event] = [start >> 2, (start >> 2) + 1, events >> 2];
    const write = (bytes) => {
      for (let done = 0; done < bytes.length; ) {
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
      }
    };
    return (kind, bytes) => {
      write(new Uint8Array(new Uint32Array([handle, kind, bytes.length]).buffer));
      write(bytes);
    };
  };

  // Where no memory is shared, the page carries them.
  const eventTeller = ({ handle }) => (kind, bytes) => tell({ event: { handle, kind } }, bytes.slice().buffer);

  let event;
  let spawned_ms;
  const now_ms = () => performance.timeOrigin + performance.now();
  const ended = (reason) => event(ENDED, new TextEncoder().encode(reason));

  // Each request is answered before the next one is looked at: a script that
  // runs does not return to the worker's event loop.
  const requests = {
    run: ({ source, file_name }) => {
      tell({ ended: JSON.parse(wasm_bindgen.run(source, file_name, print)) });
    },
    prepare: ({ source, file_name }) => {
      const outcome = JSON.parse(wasm_bindgen.prepare(source, file_name, print));
      if (outcome.status === "ok") event(READY, new Uint8Array(new Float64Array([now_ms() - spawned_ms]).buffer));
      else ended(`exit code ${outcome.exit_code}`);
    },
    handle: (_, data) => {
      let answer;
      try {
        answer = wasm_bindgen.handle(new Uint8Array(data), print);
      } catch (error) {
        ended(String(error?.message ?? error));
        self.close();
        return;
      }
      if (answer.length > 0) event(MESSAGE, answer);
    },
  };

  const receive = ({ data: { header, data } }) => {
    const [[name, fields]] = Object.entries(JSON.parse(header));
    try {
      requests[name](fields, data);
    } catch (error) {
      fail(error);
    }
  };

  // The first message says where the program is (a compiled module, its bytes,
  // or a URL), with which memory it works, and what Python is told; and whether
  // this is a child (`child`) or a thread (`thread`) of another worker.
  self.onmessage = async ({ data: { start } }) => {
    try {
      const begun = performance.now();
      const { memory, child, thread } = start;
      const module_or_path = start.module ?? start.bytes ?? fetch(start.url);
      await wasm_bindgen(memory ? { module_or_path, memory, thread_stack_size: THREAD_STACK_BYTES } : { module_or_path });
      if (thread) {
        wasm_bindgen.thread_entry(thread.order);
        tell({ thread_ended: thread });
        self.close();
        return;
      }
      const interpreter_ms = wasm_bindgen.start(JSON.stringify(start.options));
      if (child) {
        spawned_ms = child.spawned_ms;
        event = child.memory ? ringWriter(child) : eventTeller(child);
        wasm_bindgen.become_child(child.handle);
      }
      self.onmessage = receive;
      const ready = { interpreter_ms, startup_ms: performance.now() - begun, stop_address: wasm_bindgen.stop_address() };
      if (wasm_bindgen.mailbox) {
        const [address, ring_bytes, events] = wasm_bindgen.mailbox();
        ready.mailbox = { address, ring_bytes, events };
      }
      tell({ ready });
    } catch (error) {
      fail(error);
    }
  };
})();
