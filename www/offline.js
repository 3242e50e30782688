// Keeps the lab for offline use, and offers a new version when the host has one.
// It comes after `ready`, and works only while the lab is at rest: a measurement
// must not share the machine with it.
//
// The host says in files.json what its version is made of. A version is kept file
// by file in a cache of its own, each checked against its hash, and its page
// last: where that is, the version is whole (www/service-worker.js counts on it).
//
//   data-kept       on the root element: this version works offline
//   #new-version    the offer
"use strict";
(() => {
  const REST_MS = 1500;
  const RENEW_MS = 3600 * 1000;

  const root = document.documentElement;
  const { container, scope, script, build } = parallelLabIsolation.worker();
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  const fresh = (name) => checked(fetch(new URL(name, scope), { cache: "no-store" }));

  async function checked(asked) {
    const response = await asked;
    if (!response.ok) throw new Error(`${response.url}: status ${response.status}`);
    return response;
  }

  // Nothing runs, and nothing did for a while.
  async function atRest() {
    for (let run; ; ) {
      run = root.dataset.run;
      await pause(REST_MS);
      if (root.dataset.state !== "running" && root.dataset.state !== "stopping" && run === root.dataset.run) return;
    }
  }

  async function keep({ build, files }) {
    const name = `parallel-lab ${scope} ${build}`;
    const cache = await caches.open(name);
    if (await cache.match(scope)) return;
    try {
      for (const [file, integrity] of files) {
        const url = new URL(file, scope).href;
        if (await cache.match(url)) continue;
        if (root.dataset.state !== "idle") await atRest();
        await cache.put(url, await checked(fetch(url, { integrity })));
      }
      // By the name that has just worked: some hosts redirect one of the two.
      const response = await fresh(location.pathname);
      const [headers, page] = [response.headers, await response.text()];
      if (!page.includes(`data-build="${build}"`)) throw new Error("the host has changed its version meanwhile");
      // Made anew: one that came by a redirect may not answer a visit.
      await cache.put(scope, new Response(page, { headers }));
    } catch (error) {
      // What does not fit is in nobody's way; the rest of a broken download waits for the next visit.
      if (error.name === "QuotaExceededError") await caches.delete(name);
      throw error;
    }
  }

  // What only some need is kept by the worker on its way to them, but for what
  // was opened before the worker was there.
  async function keepOpened() {
    const cache = await caches.open(`parallel-lab ${scope} ${build}`);
    const loaded = performance.getEntriesByType("resource").map((entry) => entry.name);
    for (const url of new Set(loaded.filter((url) => /^(python|data)-.+\//.test(url.slice(scope.length)) && url.startsWith(scope)))) {
      if (!(await cache.match(url))) await cache.put(url, await checked(fetch(url)));
    }
  }

  // The new version's worker, installed and waiting; null where the host serves an older one still.
  async function successor(registration, version) {
    if (!(await (await fresh(script)).text()).includes(version)) return null;
    await registration.update();
    const { installing } = registration;
    if (installing) {
      await new Promise((resolve) => installing.addEventListener("statechange", resolve, { once: true }));
    }
    return registration.waiting ?? registration.active;
  }

  async function renew() {
    const registration = await container.register(script, { scope, updateViaCache: "none" });
    const version = await (await fresh("files.json")).json();
    if (version.build !== build) {
      const next = await successor(registration, version.build);
      if (!next) return;
      await keep(version).catch((error) => console.info("Not kept for offline use:", error.message));
      await atRest();
      offer(next);
      return;
    }
    // This page is of the newest version: its worker need not wait for anybody.
    registration.waiting?.postMessage("activate");
    await keep(version);
    await keepOpened();
    root.dataset.kept = build;
  }

  function offer(next) {
    // A slide has no room for questions: it takes the new version when it is opened
    // next. This page finds its own files all the same.
    if ("embed" in root.dataset || root.dataset.view === "figure") return next.postMessage("activate");
    if (document.querySelector("#new-version li")) return;
    const item = document.createElement("li");
    const say = (tag, text, ...classes) => {
      const element = item.appendChild(document.createElement(tag));
      element.textContent = text;
      element.classList.add(...classes);
      return element;
    };
    const sentence = say("span", "A new version of the lab is there. Your settings stay.");
    const load = say("button", "Load it", "quiet");
    const later = say("button", "×", "quiet");
    later.setAttribute("aria-label", "Stay with this version");
    later.addEventListener("click", () => item.remove());
    load.addEventListener("click", async () => {
      load.disabled = true;
      if (root.dataset.state === "running") sentence.textContent = "The new version comes when this run is over.";
      // Also long enough for the address to hold what was entered last.
      await atRest();
      next.postMessage("activate");
      for (let tries = 0; tries < 30 && next.state !== "activated"; tries += 1) await pause(100);
      location.reload();
    });
    document.querySelector("#new-version ul").append(item);
  }

  let lookedAt;
  async function look() {
    lookedAt = performance.now();
    try {
      await atRest();
      await renew();
    } catch (error) {
      // Offline, refused or full: the lab works all the same.
      console.info("Not kept for offline use:", error.message);
    }
  }
  look();
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible" && performance.now() - lookedAt > RENEW_MS) look();
  });
})();
