// Runs before everything else in a page of a test, and keeps every message of
// the contract that arrives there: in the lab itself as events, in a page that
// frames it as posted messages.
"use strict";
(() => {
  const entries = [];
  let waiting = [];

  function record(message, from) {
    const entry = { index: entries.length, at: performance.now(), from, message };
    entries.push(entry);
    for (const waiter of waiting) waiter(entry);
  }

  function sender(source) {
    for (const frame of document.querySelectorAll("iframe")) {
      if (frame.contentWindow === source) return frame.id;
    }
    return "unknown";
  }

  window.addEventListener("parallel-lab", (event) => record(event.detail, "page"));
  window.addEventListener("message", (event) => {
    if (event.source === window || event.source === window.parent) return;
    if (event.data && event.data.app === "parallel-lab") record(event.data, sender(event.source));
  });

  const violations = [];
  document.addEventListener("securitypolicyviolation", (event) => {
    violations.push(`${event.violatedDirective}: ${event.blockedURI} (${event.sourceFile}:${event.lineNumber})`);
  });

  // What went wrong unseen, for the message of a test that fails.
  const errors = [];
  window.addEventListener("error", (event) => errors.push(String(event.message)));
  window.addEventListener("unhandledrejection", (event) => errors.push(String(event.reason)));
  const consoleError = console.error;
  console.error = (...parts) => {
    errors.push(parts.map(String).join(" "));
    consoleError.apply(console, parts);
  };

  // Calls back with the first entry at or after `index` whose type is among
  // `types` (and that comes from `from`, unless that is null), or with null
  // when there was none within `limit` ms.
  function next(index, types, from, limit, answer) {
    const fits = (entry) =>
      entry.index >= index && types.includes(entry.message.type) && (from === null || entry.from === from);
    const known = entries.find(fits);
    if (known) return void answer(known);
    const timer = setTimeout(() => finish(null), limit);
    function waiter(entry) {
      if (fits(entry)) finish(entry);
    }
    function finish(entry) {
      clearTimeout(timer);
      waiting = waiting.filter((other) => other !== waiter);
      answer(entry);
    }
    waiting.push(waiter);
  }

  window.recorder = { entries, errors, violations, next };
})();
