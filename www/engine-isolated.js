// The isolated engine's worker. The build puts wasm-bindgen's `no-modules` glue
// before this, so that one classic script is the whole worker: it starts by URL
// and, where that is refused, from a blob that the page makes of the same text.
(() => {
  "use strict";

  const fail = (error) =>
    self.postMessage({
      header: JSON.stringify({ failed: { load: { message: String(error?.message ?? error) } } }),
    });

  // Between slices the worker yields through a channel, so that Stop gets in.
  const channel = new MessageChannel();
  const pump = () => {
    if (wasm_bindgen.slice()) channel.port2.postMessage(0);
  };
  channel.port1.onmessage = pump;

  // The first message says where the program is: a compiled module, its bytes,
  // or a URL to fetch and compile again ("spawn").
  self.onmessage = async ({ data: { start } }) => {
    try {
      await wasm_bindgen({ module_or_path: start.module ?? start.bytes ?? fetch(start.url) });
      self.onmessage = ({ data: { header, data } }) => {
        if (wasm_bindgen.receive(header, data)) pump();
      };
      wasm_bindgen.ready();
    } catch (error) {
      fail(error);
    }
  };
})();
