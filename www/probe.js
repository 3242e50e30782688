// Tries, in a worker, what the labs need; www/probe.js is also run from a blob.
// nested = a worker started by this one, which must answer through shared memory.
//
// A refusal for lack of memory may be over in a moment: what pages that were just
// left had in this process is given back a little later. It is tried again, in all
// within src/pool/probe.rs's limit.
const PAUSES_MS = [40, 80, 160, 320];

onmessage = ({ data }) => {
  if (data.shared) {
    Atomics.store(new Int32Array(data.shared.buffer), 0, 42);
    return postMessage(0);
  }
  postMessage({ up: true });
  attempt(data.url, 0);
};

function attempt(url, failed) {
  let cells, nested;
  try {
    const shared = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
    cells = new Int32Array(shared.buffer);
    nested = new Worker(url);
    nested.onmessage = () => (postMessage({ shared: Atomics.load(cells, 0) === 42 }), nested.terminate());
    nested.onerror = (e) => postMessage({ refused: e.message || "a worker inside a worker did not start" });
    nested.postMessage({ shared });
  } catch (e) {
    if (e instanceof RangeError && failed < PAUSES_MS.length) return setTimeout(attempt, PAUSES_MS[failed], url, failed + 1);
    postMessage({ refused: String(e.message || e) });
  }
}
