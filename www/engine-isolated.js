// The isolated engine's worker. The build puts wasm-bindgen's `no-modules` glue
// before this, so that one classic script is the whole worker: it starts by URL
// and, where that is refused, from a blob that the page makes of the same text.
(() => {
  "use strict";

  const failed = (reason) => self.postMessage({ header: JSON.stringify({ failed: reason }) });

  // Where memory ends, the program ends by a trap, without a word of why.
  let memory;
  const told = (error) => {
    const isShort = error instanceof RangeError || (memory && wasm_bindgen.is_out_of_memory());
    if (isShort) failed({ memory: { had: memory?.buffer.byteLength ?? 0 } });
    return isShort;
  };
  const attempt = (step) => {
    try {
      return step();
    } catch (error) {
      if (!told(error)) throw error;
    }
  };

  // Between slices the worker yields through a channel, so that Stop gets in, or sleeps
  // until a file has taken its time.
  const channel = new MessageChannel();
  let alarm;
  const pump = () => {
    clearTimeout(alarm);
    const ms = attempt(wasm_bindgen.slice);
    if (ms === 0) channel.port2.postMessage(0);
    if (ms > 0) alarm = setTimeout(pump, ms);
  };
  channel.port1.onmessage = pump;

  // The first message says where the program is: a compiled module, its bytes,
  // or a URL to fetch and compile again ("spawn").
  self.onmessage = async ({ data: { start } }) => {
    try {
      ({ memory } = await wasm_bindgen({ module_or_path: start.module ?? start.bytes ?? fetch(start.url) }));
      self.onmessage = ({ data: { header, data } }) => {
        if (attempt(() => wasm_bindgen.receive(header, data))) pump();
      };
      wasm_bindgen.ready(start.data);
    } catch (error) {
      if (!told(error)) failed({ load: { message: String(error?.message ?? error) } });
    }
  };
})();
