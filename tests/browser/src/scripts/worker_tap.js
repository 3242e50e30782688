// Lets a test reach the page's workers: rewrites what is sent to them, ends
// them from outside. Runs before the page's own scripts.
"use strict";
(() => {
  const Real = window.Worker;
  const tap = {
    workers: [],
    // {kind, fault, skip, times}: writes a fault into headers of this kind.
    fault: null,
    faults: 0,
    // Called when a fault has been sent.
    onFault: null,
    // Workers refuse to start from this many on.
    refuseAfter: Infinity,
    // The last worker that was given work.
    busy: null,
    // Ends the worker that was last given work, as a browser short of memory may.
    kill() {
      const worker = tap.busy;
      if (worker) Real.prototype.terminate.call(worker);
      return worker !== null;
    },
  };

  function rewritten(message) {
    if (typeof message !== "object" || message === null || typeof message.header !== "string") return message;
    const [kind] = Object.keys(JSON.parse(message.header));
    const plan = tap.fault;
    if (!plan || kind !== plan.kind) return message;
    if (plan.skip > 0) {
      plan.skip -= 1;
      return message;
    }
    if (plan.times <= 0) return message;
    plan.times -= 1;
    tap.faults += 1;
    if (tap.onFault) setTimeout(tap.onFault, 50);
    return { ...message, header: message.header.replace(":{", `:{"fault":${JSON.stringify(plan.fault)},`) };
  }

  window.Worker = class Worker extends Real {
    constructor(url, options) {
      if (tap.workers.length >= tap.refuseAfter) throw new DOMException("no more workers", "QuotaExceededError");
      super(url, options);
      tap.workers.push(this);
    }

    postMessage(message, ...rest) {
      if (typeof message?.header === "string" && /^{"run/.test(message.header)) tap.busy = this;
      super.postMessage(rewritten(message), ...rest);
    }
  };
  window.tap = tap;
})();
