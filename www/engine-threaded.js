// The threaded engine's worker: it owns the shared memory, hosts the rayon
// threads (nested workers) and blocks while they run. The page follows through
// the board in the shared memory, which it gets with the first message back.
import init, { board_address, initThreadPool, make_room, ready, run_threads } from "./engine.js";

const PAGES_PER_MIB = 16;
// The engine's static data fit many times into this.
const INITIAL_PAGES = 4 * PAGES_PER_MIB;

// Phones may refuse to reserve a whole GiB.
function sharedMemory(limitsMib) {
  let refusal;
  for (const mib of limitsMib) {
    try {
      return new WebAssembly.Memory({ initial: INITIAL_PAGES, maximum: mib * PAGES_PER_MIB, shared: true });
    } catch (error) {
      refusal = error;
    }
  }
  throw refusal;
}

// A text is the header of a message already; what has no memory is a RangeError.
function fail(error) {
  const message = String(error?.message ?? error);
  const failed = error instanceof RangeError ? { memory: { had: 0 } } : { load: { message } };
  self.postMessage({ header: typeof error === "string" ? error : JSON.stringify({ failed }) });
}

self.onmessage = async ({ data: { start } }) => {
  try {
    const memory = sharedMemory(start.limits_mib);
    await init({ module_or_path: start.module ?? new URL(start.url, self.location.href), memory });
    make_room(start.threads);
    await initThreadPool(start.threads);
    self.onmessage = ({ data: { header, data } }) => {
      try {
        run_threads(header, data);
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        fail(error);
      }
    };
    ready(memory, board_address(), start.data);
  } catch (error) {
    fail(error);
  }
};
