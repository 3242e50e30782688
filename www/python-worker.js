// The worker of one Python interpreter: the script's own, a child process, or a
// further thread of the same interpreter. The build puts wasm-bindgen's glue
// before this, as `wasm_bindgen`, and python-snapshot.js, -region.js and -rings.js: that
// makes one classic script.
(() => {
  "use strict";

  // Of the stack in memory. The engine's own ends first (python/src/stack.rs).
  const THREAD_STACK_BYTES = 4 << 20;
  // Kinds of a child's events (python/src/processes.rs, and of spans processes/mailbox.rs).
  const READY = 0;
  const MESSAGE = 1;
  const ENDED = 2;
  const SPANS = 3;

  // Bytes are handed over, not copied, but for those that are shared.
  const tell = (header, data) =>
    self.postMessage({ header: JSON.stringify(header), data }, data instanceof ArrayBuffer ? [data] : []);
  // How large the memory can get, bytes: tried, when nothing runs in it any more.
  let memory;
  const most = () => {
    for (let pages = 8192; memory && pages >= 16; pages /= 2) {
      try {
        memory.grow(pages);
      } catch { /* half of that, then */ }
    }
    return memory?.buffer.byteLength ?? 0;
  };

  // Why the interpreter is no more: a clause; and how many bytes it could have, where memory
  // was short. A panic of its own is a trap, without a word of what went wrong.
  const why = (error) => {
    const message = String(error?.message ?? error);
    if (/call stack size|too much recursion/.test(message)) {
      return { message: "calls are nested deeper than this browser's stack reaches, before Python could raise a RecursionError" };
    }
    const isTrap = error instanceof WebAssembly.RuntimeError;
    if (error instanceof RangeError || (isTrap && wasm_bindgen.is_out_of_memory())) {
      return { message: "there was not enough memory", had: most() };
    }
    return { message: isTrap ? `it has a fault of its own (${message})` : message };
  };
  const fail = (error) => tell({ failed: why(error) });
  const print = (stream, text) => tell({ printed: { stream, text } });

  // The timeline is drawn when all is over: until then a message for each span would only take
  // processor time from what is measured. But a thread may be there still when all is over.
  let mostSpans = 256;
  let spans = [];
  // Of processes, what came beside so many answers: `[handle, spans]` each, as JSON.
  let mostKept = 1024;
  let kept = [];
  const tellSpans = () => {
    if (spans.length > 0) tell({ spans });
    spans = [];
    if (kept.length > 0) self.postMessage({ header: `{"process_spans":[${kept}]}` });
    kept = [];
  };

  // What Python asks of the page, which alone is never blocked.
  self.parallelLabProcesses = {
    spawn: (handle, slot) => tell({ spawn: { handle, slot } }),
    send: (handle, data) => tell({ send: { handle } }, data.slice().buffer),
    terminate: (handle) => tell({ terminate: { handle } }),
    read: (ticket, name) => tell({ read: { ticket, name } }),
    record: (kind, start_ms, end_ms, label, thread) => {
      spans.push({ kind, start_ms, end_ms, label, thread });
      if (spans.length >= mostSpans) tellSpans();
    },
    deadlock: (text) => self.postMessage({ header: `{"deadlock":${text}}` }),
    keep_spans: (handle, text) => {
      kept.push(`[${handle},${text}]`);
      if (kept.length >= mostKept) tellSpans();
    },
  };
  // A script that can be suspended has a stack of its own, which JavaScript is not called on and can't try.
  const SUSPENDABLE_BYTES = 96 << 10;
  let isSuspendable = false;
  self.parallelLabStackHasRoom = (usedBytes) => {
    if (isSuspendable) return usedBytes < SUSPENDABLE_BYTES;
    try {
      wasm_bindgen.use_stack(1);
      return true;
    } catch {
      return false;
    }
  };
  self.spawn_thread = (order) => tell({ thread: { order } });

  // Where no memory is shared, the page carries them.
  const eventTeller = ({ handle }) => (...events) => {
    for (const [kind, bytes] of events) tell({ event: { handle, kind } }, bytes.slice().buffer);
  };

  let event;
  let inbox;
  let spawned_ms;
  const { timeOrigin } = performance;
  const now_ms = () => timeOrigin + performance.now();
  self.parallelLabNow = now_ms;
  // What goes ahead of an answer: who has all answers may end this process. And with it: the
  // page, if it had to hear of each, would take processor time from what is measured.
  const spansAhead = () => {
    if (!inbox) tellSpans();
    if (spans.length === 0) return [];
    const text = JSON.stringify(spans);
    spans = [];
    return [[SPANS, new TextEncoder().encode(text)]];
  };
  const ended = ({ message: reason, had }) => {
    // Its parent may be through before the page hears what follows.
    if (had !== undefined) tell({ no_room: { had } });
    event(...spansAhead(), [ENDED, new TextEncoder().encode(reason)]);
    tell({ exited: { reason } });
    self.close();
  };

  // What a process does, begun and ended apart where it can be suspended in between.
  const ofSuspendable = async (begin) => {
    begin();
    await run();
    return wasm_bindgen.outcome();
  };
  const parsed = (bytes) => JSON.parse(new TextDecoder().decode(bytes));

  const reply = (answer) => {
    const events = spansAhead();
    if (answer.length > 0) events.push([MESSAGE, answer]);
    if (events.length > 0) event(...events);
    return true;
  };

  // Says whether the process goes on.
  const handle = (message) => {
    let answer;
    try {
      answer = wasm_bindgen.handle(message, print);
    } catch (error) {
      ended(why(error));
      return false;
    }
    return reply(answer);
  };

  // A process blocks on its inbox, if it has one, until a message comes that the page brings.
  const serve = () => {
    let message = inbox?.();
    while (message && handle(message)) message = inbox();
  };

  // Each request is answered before the next one is looked at, but for events,
  // which come while a script is suspended.
  const requests = {
    run: async ({ source, file_name }) => {
      wasm_bindgen.begin(source, file_name, print);
      const start_ms = now_ms();
      await run();
      const end_ms = now_ms();
      tellSpans();
      tell({ ended: { ...parsed(wasm_bindgen.outcome()), start_ms, end_ms } });
    },
    prepare: async ({ source, file_name }) => {
      const outcome = isSuspendable
        ? parsed(await ofSuspendable(() => wasm_bindgen.begin_prepare(source, file_name, print)))
        : JSON.parse(wasm_bindgen.prepare(source, file_name, print));
      if (outcome.status !== "ok") return ended({ message: `exit code ${outcome.exit_code}` });
      const startup_ms = now_ms() - spawned_ms;
      event([READY, new Uint8Array(new Float64Array([startup_ms]).buffer)]);
      tell({ prepared: { startup_ms } });
      serve();
    },
    // What the inbox had no room for.
    handle: async (_, data) => {
      const message = new Uint8Array(data);
      if (!isSuspendable) {
        if (handle(message)) serve();
        return;
      }
      try {
        reply(await ofSuspendable(() => wasm_bindgen.begin_handle(message, print)));
      } catch (error) {
        ended(why(error));
      }
    },
    // What the page brings where no memory is shared; whoever waits goes on.
    event: ({ handle, kind }, data) => {
      wasm_bindgen.process_event(handle, kind, new Uint8Array(data));
      goOn();
    },
  };

  let last = Promise.resolve();
  const receive = ({ data: { header, data } }) => {
    clearTimeout(idle);
    const [[name, fields]] = Object.entries(JSON.parse(header));
    const isEvent = name === "event";
    const answered = (isEvent ? Promise.resolve() : last).then(() => requests[name](fields, data)).catch(fail);
    if (!isEvent) last = answered;
  };

  // Without shared memory a script that waits can't block its worker, or no
  // message would reach it: it is suspended, where the engine can do that
  // (JavaScript promise integration), and goes on when something has come.
  const suspends = typeof WebAssembly.Suspending === "function" && typeof WebAssembly.promising === "function";
  let goOn = () => {};
  const wait = (timeout_ms) =>
    new Promise((resolve) => {
      const timer = timeout_ms >= 0 ? setTimeout(resolve, timeout_ms) : 0;
      goOn = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  self.parallelLabWait = () => {};
  self.parallelLabProcesses.can_wait = (shares) => shares || suspends;
  let run = () => wasm_bindgen.run();
  const withSuspension = async (start) => {
    const instantiate = WebAssembly.instantiate;
    WebAssembly.instantiate = async (module, imports) => {
      for (const functions of Object.values(imports)) {
        for (const name of Object.keys(functions)) {
          if (name.includes("parallelLabWait")) functions[name] = new WebAssembly.Suspending(wait);
        }
      }
      const made = await instantiate(module, imports);
      const { exports } = made.instance ?? made;
      run = WebAssembly.promising(exports.run);
      isSuspendable = true;
      return made;
    };
    try {
      return await start();
    } finally {
      WebAssembly.instantiate = instantiate;
    }
  };

  // An interpreter as a snapshot has it, or else a new one. Of a script's, a
  // snapshot is then taken for the page to hand on, unless there is work to do.
  const IDLE_MS = 100;
  let idle;
  const bringUp = (exports, { options, snapshot, child, cramped }) => {
    const told = JSON.stringify(options);
    if (snapshot && pythonSnapshot.restore(snapshot, exports, memory)) {
      wasm_bindgen.resume(told);
      return;
    }
    const before = child || snapshot || cramped ? undefined : pythonSnapshot.contents(memory);
    wasm_bindgen.start(told);
    if (before) idle = setTimeout(() => leaveSnapshot(exports, memory, before), IDLE_MS);
  };

  const leaveSnapshot = (exports, memory, before) => {
    try {
      wasm_bindgen.warm();
      const taken = pythonSnapshot.take(exports, memory, before);
      if (taken) tell({ snapshot: {} }, taken);
    } catch (error) {
      // There is no room for it, and later workers start as this one did; but what is broken must be said.
      if (error instanceof RangeError) return;
      if (!wasm_bindgen.is_out_of_memory()) return fail(error);
      // As it was it could have run: the page starts another one.
      self.onmessage = null;
      tell({ cramped: {} });
    }
  };

  // The first message brings the compiled program, says with which memory it works, and what Python is told; and whether
  // this is a child (`child`) or a thread (`thread`) of another worker.
  self.onmessage = async ({ data: { start } }) => {
    try {
      const begun = performance.now();
      const { child, thread } = start;
      memory = start.memory;
      pythonRegion.use(start.region);
      const module_or_path = start.module;
      const begin = () =>
        wasm_bindgen(memory ? { module_or_path, memory, thread_stack_size: THREAD_STACK_BYTES } : { module_or_path });
      if (thread) {
        const { __wbindgen_thread_destroy } = await begin();
        mostSpans = mostKept = 1;
        wasm_bindgen.thread_entry(thread.order);
        // Its stack lies in the memory that it shares.
        __wbindgen_thread_destroy();
        tell({ thread_ended: thread });
        self.close();
        return;
      }
      const exports = await (start.memory || !suspends ? begin() : withSuspension(begin));
      memory ??= exports.memory;
      bringUp(exports, start);
      if (child) {
        spawned_ms = child.spawned_ms;
        event = child.memory ? pythonRings.outbox(child) : eventTeller(child);
        inbox = child.memory && pythonRings.inbox(child, () => wasm_bindgen.is_alone());
        wasm_bindgen.become_child(child.handle);
      }
      self.onmessage = receive;
      const ready = { startup_ms: performance.now() - begun, stop_address: wasm_bindgen.stop_address() };
      if (wasm_bindgen.mailbox) {
        const [address, ring_bytes, events, inboxes] = wasm_bindgen.mailbox();
        ready.mailbox = { address, ring_bytes, events, inboxes };
      }
      tell({ ready });
    } catch (error) {
      fail(error);
    }
  };
})();
