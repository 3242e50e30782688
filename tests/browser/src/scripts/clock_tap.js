// Lets a test see, in a lab's own page, when its clock runs: when each timed request goes
// to a worker, when each run ends, whether the page has said that it waits, for how
// long each time (`waitedMs`) and until when (`turnAt`), and when the last worker that was told to
// stop has done so or was ended (`quietAt`). All times are ms since the Unix epoch, which frames and tabs share.
// Runs before the page's own scripts.
"use strict";
(() => {
  // What the race and the curve have on the clock; what surrounds it are other workloads.
  const TIMED = /^\{"run[^}]*"lorenz-integration"/;
  const real = performance.now.bind(performance);
  const now = () => performance.timeOrigin + real();
  const WAITS = "Waiting for another lab";
  const UNANSWERED = "does not answer";
  const clock = { runs: [], said: [], waitedMs: [], turnAt: null, quietAt: null };
  let waitsSince = null;
  // When the first timed request went out whose work was not dropped again; and of work that was.
  let [begun, dropped] = [null, null];

  // Who was told to stop and has not answered yet.
  const stopping = new Map();
  const becomeQuiet = (worker) => {
    worker.removeEventListener("message", stopping.get(worker));
    if (stopping.delete(worker)) clock.quietAt = now();
  };
  const end = Worker.prototype.terminate;
  Worker.prototype.terminate = function () {
    end.call(this);
    becomeQuiet(this);
  };
  const post = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (message, ...rest) {
    const header = typeof message?.header === "string" ? message.header : "";
    if (TIMED.test(header)) begun ??= now();
    if (header.startsWith('{"stop"')) {
      [begun, dropped] = [null, begun ?? dropped];
      const hear = ({ data }) => {
        if (data.header?.startsWith('{"stopped"')) becomeQuiet(this);
      };
      stopping.set(this, hear);
      this.addEventListener("message", hear);
    }
    return post.call(this, message, ...rest);
  };
  addEventListener("parallel-lab", ({ detail: { type } }) => {
    if (!["finished", "stopped", "error"].includes(type)) return;
    clock.runs.push({ begun: begun ?? dropped, ended: now(), type });
    [begun, dropped] = [null, null];
  });
  new MutationObserver(() => {
    const sentence = document.getElementById("status")?.textContent;
    if (!sentence || sentence === clock.said.at(-1)) return;
    const waits = sentence.startsWith(WAITS) || (waitsSince !== null && sentence.includes(UNANSWERED));
    if (!waits && waitsSince !== null) {
      clock.turnAt = now();
      clock.waitedMs.push(clock.turnAt - waitsSince);
    }
    waitsSince = waits ? (waitsSince ?? now()) : null;
    clock.said.push(sentence);
  }).observe(document, { subtree: true, childList: true, characterData: true });
  window.clock = clock;
})();
