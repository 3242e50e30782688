// Lets a test reach the page's workers: rewrites what is sent to them, ends
// them from outside. Runs before the page's own scripts.
"use strict";
(() => {
  const Real = window.Worker;
  // What the race has on the clock; what surrounds it are other workloads.
  const TIMED = "lorenz-integration";
  const tap = {
    workers: [],
    // {kind, fault, skip, times}: writes a fault into headers of this kind, where the work is timed.
    fault: null,
    faults: 0,
    // Called when a fault has been sent.
    onFault: null,
    // Workers refuse to start from this many on.
    refuseAfter: Infinity,
    // The last worker that was given work that is timed.
    busy: null,
    // Ends the worker that was last given work, as a browser short of memory may.
    kill() {
      const worker = tap.busy;
      if (worker) Real.prototype.terminate.call(worker);
      return worker !== null;
    },
  };

  // "run" or "run-threads", where the message asks for work that is timed.
  function timedKind(message) {
    if (typeof message?.header !== "string") return null;
    const [[kind, request]] = Object.entries(JSON.parse(message.header));
    return request.workload && TIMED in request.workload ? kind : null;
  }

  function rewritten(message, kind) {
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
      const kind = timedKind(message);
      if (kind !== null) tap.busy = this;
      super.postMessage(rewritten(message, kind), ...rest);
    }
  };
  window.tap = tap;
})();
