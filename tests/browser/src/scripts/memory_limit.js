// A browser that reserves no more than so much for memory that is shared; it does so
// at once for all that such a memory may ever need. `memoryIsBack()` has it give again.
"use strict";
(() => {
  const MOST_PAGES = 16 * LIMIT_MIB;
  const Real = WebAssembly.Memory;
  WebAssembly.Memory = function Memory(descriptor) {
    if (descriptor.maximum > MOST_PAGES) throw new RangeError("WebAssembly.Memory(): could not allocate memory");
    return new Real(descriptor);
  };
  WebAssembly.Memory.prototype = Real.prototype;
  self.memoryIsBack = () => {
    WebAssembly.Memory = Real;
  };
})();
