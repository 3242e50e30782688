// Isolation where the host sends no headers: the site's service worker adds
// them, but only to what is loaded after it is there. So a first visit loads the
// page again: at once, before the lab stands and anything can be entered, at
// most once, and not at all where it can't help. Each of several frames does so
// for itself, whichever of them has brought the worker.
//
// #forget behind the address takes the worker and all that was kept away.
//
//   parallelLabIsolation.settled   resolves when the lab may go on
//                       .refused   the browser would not have the service worker
//                       .late      this load came before the worker, and loading again could help
//                       .worker()  its container, script, scope and build; null where there is none
"use strict";
(() => {
  // A worker that is not there by then is for the next visit; once its script has come,
  // it is only a busy machine that keeps it from being up.
  const LIMIT_MS = 3000;
  const INSTALL_LIMIT_MS = 10_000;
  const RELOAD_LIMIT_MS = 10_000;
  // Characters that an address may well hold.
  const SAID_LIMIT = 30000;

  const { build, serviceWorker, offline } = document.querySelector('meta[name="parallel-lab"]')?.dataset ?? {};
  const never = new Promise(() => {});
  const isFramed = window.parent !== window;
  const isChromium = "userAgentData" in navigator;
  const navigation = performance.getEntriesByType("navigation")[0];
  const isolation = { settled: null, refused: false, late: false, worker };
  globalThis.parallelLabIsolation = isolation;

  function worker() {
    try {
      const container = navigator.serviceWorker; // throws in opaque origins
      if (!container || !serviceWorker) return null;
      const scope = new URL(".", document.baseURI).href;
      return { container, scope, script: new URL(serviceWorker, scope).href, build };
    } catch {
      return null;
    }
  }

  // This very load was a reload, by us or by a person: another one would not differ.
  function wasReloaded() {
    return Boolean(history.state?.parallelLabReloaded) || navigation?.type === "reload";
  }

  // The worker has answered this very load. That it controls the page says less: another
  // frame's worker takes over all pages that are open. Others than Chromium's family don't
  // tell when it started; nor do frames there get anything from it.
  function hasAnswered({ container, script }) {
    return container.controller?.scriptURL === script && (!isChromium || navigation?.workerStart > 0);
  }

  function activated(registration, script) {
    const { active, waiting, installing } = registration;
    const ours = [active, waiting, installing].find((it) => it?.scriptURL === script);
    return new Promise((resolve, reject) => {
      const look = () => {
        if (ours.state === "activated") resolve();
        if (ours.state === "redundant") reject(new Error("the service worker does not install"));
      };
      ours.addEventListener("statechange", look);
      look();
    });
  }

  // Does by itself what it asks of the worker: that may be the one that is broken.
  async function forget({ container, scope }) {
    const registration = await container.getRegistration(scope);
    registration?.active?.postMessage("leave");
    await registration?.unregister();
    const names = (await caches.keys()).filter((name) => name.startsWith(`parallel-lab ${scope} `));
    await Promise.all(names.map((name) => caches.delete(name)));
  }

  let isOver = false;
  let isInstalling = false;
  let isReloading = false;
  async function isolate() {
    const ours = worker();
    if (ours && location.hash === "#forget") return forget(ours);
    if (crossOriginIsolated || !isSecureContext) return;
    isolation.refused = Boolean(serviceWorker) && !ours;
    if (!ours) return;
    if (hasAnswered(ours)) return; // that was all it can do
    // In a frame only browsers of Chromium's family have a policy that helps.
    if (isFramed && !isChromium) return;
    isolation.late = true;
    try {
      const registration = await ours.container.register(ours.script, { scope: ours.scope, updateViaCache: "none" });
      isInstalling = true;
      await activated(registration, ours.script);
    } catch (error) {
      isolation.refused = true;
      isolation.late = false;
      console.info("No service worker:", error.message);
      return;
    }
    if (isOver || wasReloaded()) return; // the lab stands, or has had its one reload
    isReloading = true;
    remember();
    location.reload();
    // Nothing begins here any more, unless somebody has stopped the reload.
    await pause(RELOAD_LIMIT_MS);
  }

  // The address outlives the reload everywhere: it carries what the embedding page
  // has said so far. (Chromium drops the history's state when isolation moves the
  // page to another process, and storage is shared with other frames of the lab.)
  function remember() {
    const state = { ...history.state, parallelLabReloaded: true };
    const said = `[${newest(globalThis.parallelLabInbox?.peek() ?? [])}]`;
    const hash = said === "[]" ? location.hash : `#parallel-lab-said=${encodeURIComponent(said)}${location.hash}`;
    history.replaceState(state, "", location.pathname + location.search + hash);
  }

  // As many of the last messages as fit, as JSON; what is no JSON can't be of the contract.
  function newest(messages) {
    const texts = [];
    let room = SAID_LIMIT;
    for (const message of messages.reverse()) {
      let text;
      try {
        text = JSON.stringify(message);
      } catch {
        continue;
      }
      room -= text.length + 1;
      if (room < 0) break;
      texts.unshift(text);
    }
    return texts.join();
  }

  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  const limit = pause(LIMIT_MS)
    .then(() => isInstalling && pause(INSTALL_LIMIT_MS))
    .then(() => (isReloading ? never : (isOver = true)));
  window.addEventListener("hashchange", () => {
    if (location.hash === "#forget") location.reload();
  });
  isolation.settled = Promise.race([isolate().catch((error) => console.warn(error)), limit]);

  // What it takes to work offline comes after everything that somebody waits for.
  window.addEventListener("parallel-lab", function follow({ detail }) {
    if (detail?.type !== "ready") return;
    window.removeEventListener("parallel-lab", follow);
    if (!offline || !worker() || location.hash === "#forget") return;
    const script = document.createElement("script");
    script.src = new URL(offline, document.baseURI).href;
    document.head.append(script);
  });
})();
