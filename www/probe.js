// Tries, in a worker, what the labs need; www/probe.js is also run from a blob.
// nested = a worker started by this one, which must answer through shared memory.
onmessage = ({ data }) => {
  if (data.shared) {
    Atomics.store(new Int32Array(data.shared.buffer), 0, 42);
    return postMessage(0);
  }
  postMessage({ up: true });
  let cells, nested;
  try {
    const shared = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
    cells = new Int32Array(shared.buffer);
    nested = new Worker(data.url);
    nested.onmessage = () => (postMessage({ shared: Atomics.load(cells, 0) === 42 }), nested.terminate());
    nested.onerror = (e) => postMessage({ refused: e.message || "a worker inside a worker did not start" });
    nested.postMessage({ shared });
  } catch (e) {
    postMessage({ refused: String(e.message || e) });
  }
};
