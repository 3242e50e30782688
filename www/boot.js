// The first script of the page, small and classic, so that it runs anywhere
// the page does: also in opaque origins and from file://.
//
// It keeps messages until the lab takes them, loads the lab, and if that
// fails finds out why: that leaves a sentence and a way out instead of a blank page.
//
//   parallelLabInbox.take()   the messages so far (MessageEvent data), once
//   parallelLabInbox.peek()   those of the contract, for a reload to carry
//   parallelLabBoot.mounted() the lab stands: the loading sentence goes
//   parallelLabBoot.waiting(), .arrived()  someone waits for a part of the program; no more
//   parallelLabBoot.failed()  the lab broke: a sentence takes its place
//   parallelLabBoot.refused   what policies have not allowed so far: directives of Content-Security-Policy
//   parallelLabRest           brings the parts of the program that the first view does without
//                  .isOld()   whether the site has another version now: then a sentence says so
"use strict";
(() => {
  const INBOX_LIMIT = 100;
  const PATIENCE_MS = 15000;
  const LOOK_MS = 5000; // for a look at what the host sends
  const SETTLE_MS = 400; // after which the address holds what was entered last (src/page/url.rs)
  const DEFAULT_LAB = "race"; // where the address names none
  const SCRIPTS = "script"; // the way to all labs of scripts
  const root = document.documentElement;
  const byId = (id) => document.getElementById(id);
  const hide = (id, isHidden) => byId(id) && (byId(id).hidden = isHidden);
  // The note for those without scripts gives way; styles may not have come.
  root.dataset.script = "";
  hide("boot-late", true);
  hide("boot-note", true);

  const refused = [];
  document.addEventListener("securitypolicyviolation", ({ disposition, effectiveDirective }) => {
    if (disposition === "enforce") refused.push(effectiveDirective);
  });

  // What was recorded in this lab is for its paper.
  const lab = new URLSearchParams(location.search).get("lab") ?? DEFAULT_LAB;
  for (const record of document.querySelectorAll("[data-recorded]")) record.hidden = record.dataset.recorded !== lab;

  // Messages count from the embedding page; in an unframed page from itself.
  const speaker = window.parent === window ? window : window.parent;
  let messages = carried();
  const keep = (event) => {
    if (event.source !== speaker) return;
    messages.push(event.data);
    if (messages.length > INBOX_LIMIT) messages.shift();
  };
  window.addEventListener("message", keep);
  globalThis.parallelLabInbox = {
    peek() {
      return messages.filter((data) => data?.app === "parallel-lab" || data === "slide:start" || data === "slide:stop");
    },
    take() {
      window.removeEventListener("message", keep);
      const taken = messages;
      messages = [];
      return taken;
    },
  };

  // What was said to this page before it was loaded again (www/isolation.js).
  function carried() {
    try {
      const [, said, hash = ""] = /^#parallel-lab-said=([^#]*)(#.*)?$/.exec(location.hash);
      history.replaceState(history.state, "", location.pathname + location.search + hash);
      // A link may say so too: only a reload can have carried anything.
      if (performance.getEntriesByType("navigation")[0]?.type !== "reload") return [];
      const messages = JSON.parse(decodeURIComponent(said));
      return Array.isArray(messages) ? messages.slice(-INBOX_LIMIT) : [];
    } catch {
      return [];
    }
  }

  let state = "loading"; // → "mounted" | "failed"
  let failure = null;
  let reason = null; // why what was last asked for did not come
  let patience = 0;
  function beginWaiting() {
    clearTimeout(patience);
    patience = setTimeout(() => {
      say("The lab is still loading. The connection may be slow, or something on the way blocks it.", true);
    }, PATIENCE_MS);
  }
  beginWaiting();

  function say(sentence, offersWays) {
    const text = byId("boot-sentence");
    if (text) text.textContent = sentence;
    hide("boot", false);
    hide("boot-ways", !offersWays);
    // The address holds all settings: the same page again is the same lab.
    const reload = byId("boot-reload");
    if (!reload) return;
    // With a hash behind the address, following it would load nothing.
    reload.onclick = (event) => {
      event.preventDefault();
      setTimeout(() => location.reload(), SETTLE_MS);
    };
    const alone = byId("boot-alone");
    alone.hidden = window.parent === window;
    alone.href = location.pathname + location.search.replace(/([?&])(embed|autorun|view)(=[^&]*)?(?=&|$)/g, "$1") + location.hash;
  }

  function mounted() {
    if (state !== "loading") return;
    state = "mounted";
    clearTimeout(patience);
    hide("boot", true);
  }

  function waiting() {
    if (state !== "mounted") return; // it says already that it is loading
    root.dataset.waiting = "";
    say("Loading the rest of the lab …", false);
    beginWaiting();
  }

  function arrived() {
    if (state !== "mounted") return;
    delete root.dataset.waiting;
    clearTimeout(patience);
    if (isOld) say(OLD, true);
    else hide("boot", true);
  }

  function failed(words) {
    if (state === "failed") return;
    const isAwaited = state === "loading" || "waiting" in root.dataset;
    const sentence = (isAwaited && reason) || words;
    state = "failed";
    delete root.dataset.waiting;
    delete root.dataset.old;
    clearTimeout(patience);
    hide("app", true);
    hide("boot-note", false);
    root.dataset.state = "failed";
    // Others wait for it (src/pool/turn).
    const turn = globalThis.parallelLabTurn;
    turn?.giveBack?.();
    clearInterval(turn?.round);
    turn?.port?.close();
    say(sentence, true);
    failure = { app: "parallel-lab", v: 1, type: "error", run: null, code: "internal", message: sentence };
    tell();
  }

  // Where memory ends, the program ends by a trap. (Its own mistakes say so by themselves.)
  const trapped = (error) => {
    if (error instanceof WebAssembly.RuntimeError && wasm_bindgen.isOutOfMemory()) {
      failed("Not enough memory: the browser gives this page no more, and the lab has stopped. Your settings are kept in the address: reload to go on, with smaller ones or after closing other tabs.");
    }
  };
  window.addEventListener("error", ({ error }) => trapped(error));
  window.addEventListener("unhandledrejection", ({ reason }) => trapped(reason));

  // Tells whoever embeds the lab why it runs nothing.
  function tell() {
    const message = failure;
    try {
      if (speaker !== window) speaker.postMessage(message, "*");
      window.dispatchEvent(new CustomEvent("parallel-lab", { detail: message }));
    } catch { /* nobody to tell */ }
  }

  // Nobody runs a lab that broke. It captures, so that no other listener hears
  // what it stops.
  const refuse = (event) => {
    if (state !== "failed") return;
    event.stopImmediatePropagation();
    if (event.source === speaker && event.data?.app === "parallel-lab" && event.data.type === "run") tell();
  };
  window.addEventListener("message", refuse, true);

  globalThis.parallelLabBoot = { mounted, waiting, arrived, failed, refused };

  const meta = document.querySelector('meta[name="parallel-lab"]');
  const files = meta ? meta.dataset : {};

  function script(name) {
    return new Promise((resolve, reject) => {
      const element = document.createElement("script");
      element.src = new URL(name, document.baseURI).href;
      element.onload = () => resolve();
      element.onerror = () => reject(new Error(`${name} could not be loaded`));
      document.head.append(element);
    });
  }

  // Whatever the server calls the file: what counts is that it compiles.
  async function fetched(name, cache = "default") {
    const response = await fetch(new URL(name, document.baseURI), { cache });
    if (!response.ok) throw new Error(`${name}: status ${response.status}`);
    if (WebAssembly.compileStreaming && response.headers.get("Content-Type") === "application/wasm") {
      return WebAssembly.compileStreaming(response);
    }
    return WebAssembly.compile(await response.arrayBuffer());
  }

  // What the host sends for a file, past all caches: so that the reload that is offered
  // does not meet the same damaged copy. It may be a page, where the host has no such file
  // or wants somebody to log in first.
  async function look(name) {
    try {
      const response = await fetch(new URL(name, document.baseURI), { cache: "reload", signal: AbortSignal.timeout?.(LOOK_MS) });
      if (response.ok) return /html/i.test(response.headers.get("Content-Type")) ? "a page" : "the file";
      return [404, 410].includes(response.status) ? "nothing" : `status ${response.status}`;
    } catch {
      return "no answer";
    }
  }

  // Whether the host's own page is of another version by now: then it says so, and the
  // lab that stands stays.
  let isOld = false;
  async function lookForOld() {
    if (isOld) return true;
    try {
      const response = await fetch(location.pathname, { cache: "no-store", signal: AbortSignal.timeout?.(LOOK_MS) });
      const [, build] = / data-build="(\w+)"/.exec(await response.text()) ?? [];
      isOld = Boolean(build && files.build && build !== files.build);
    } catch { /* nobody knows */ }
    if (isOld && state === "mounted") {
      root.dataset.old = "";
      say(OLD, true);
    }
    return isOld;
  }

  const OLD = "This page is older than the site, which no longer has its files. Reload the page: your settings and your script stay.";
  const DAMAGED = "a file was damaged on the way, or this browser is too old for it.";
  const couldNot = (cause) => `The lab could not be loaded: ${cause} Reloading the page may help.`;

  // Why it could not be loaded, in a sentence.
  async function why(names) {
    if (self.origin === "null") return couldNot(DAMAGED); // nothing may be looked at
    const found = await Promise.all(names.filter(Boolean).map(look));
    const isThere = (what) => found.includes(what);
    if ((isThere("nothing") || isThere("a page")) && (await lookForOld())) return OLD;
    const status = found.find((what) => what.startsWith("status"));
    const cause = isThere("a page")
      ? "instead of its program a web page came. A network or a site that wants you to log in first does that, and a host that lacks a file."
      : status ? `its host refuses a file that it needs (${status}).`
      : isThere("nothing") ? "its host lacks a file that it needs."
      : isThere("no answer") ? "its files can't be fetched. The connection is gone, or something on the way blocks them or wants you to log in first."
      : DAMAGED;
    return couldNot(cause);
  }

  // Where fetch is refused (opaque origins, file://) a script still loads.
  async function packed(name) {
    if (!globalThis.parallelLabPacked) await script(name);
    isWhole = true;
    const text = atob(globalThis.parallelLabPacked.ui.wasm_gzip);
    const packed = new Blob([Uint8Array.from(text, (character) => character.charCodeAt(0))]);
    const whole = new Response(packed.stream().pipeThrough(new DecompressionStream("gzip")));
    return WebAssembly.compile(await whole.arrayBuffer());
  }

  // The program comes in parts. Each but the first is for one or several ways: to what
  // the page needs later, to a lab, to what is fetched when it is asked for. A part lives
  // on the exports of those that are for all its ways and more, and has no state of its
  // own: it does no harm to join one twice.
  const ways = (files.uiWays ?? "").split(" ").filter(Boolean);
  const parts = (files.uiParts ?? "").split(" ").filter(Boolean).map((part) => {
    const [file, numbers] = part.split(":");
    return { file, ways: numbers.split(",").map(Number) };
  });
  const REST = 0; // the first of the ways
  const exported = {}; // by parts' numbers: the first one's is 0
  const coming = []; // each part's module: a promise
  const joined = []; // whether it is joined: a promise
  let isWhole = false; // the packed program is

  const neededBy = (...numbers) => [...parts.keys()].filter((part) => numbers.some((way) => parts[part].ways.includes(way)));
  const before = (part) => [...parts.keys()].filter((other) => other !== part && parts[part].ways.every((way) => parts[other].ways.includes(way)));

  function ask(part) {
    coming[part] ??= fetched(parts[part].file);
    coming[part].catch(() => {}); // whoever waits for it says so
    return coming[part];
  }

  // A failure is not remembered.
  function join(part) {
    const module = () => ask(part).catch(() => fetched(parts[part].file, "reload"));
    joined[part] ??= Promise.all([module(), ...before(part).map(join)])
      .then(([module]) => WebAssembly.instantiate(module, exported))
      .then((instance) => take(part, instance))
      .catch((error) => {
        joined[part] = coming[part] = null;
        throw error;
      });
    return joined[part];
  }

  function joinNow(part) {
    if (exported[part + 1]) return;
    before(part).forEach(joinNow);
    const request = new XMLHttpRequest();
    request.open("GET", new URL(parts[part].file, document.baseURI).href, false);
    request.overrideMimeType("text/plain; charset=x-user-defined");
    request.send();
    if (request.status !== 200) throw new Error(`${parts[part].file}: status ${request.status}`);
    const bytes = Uint8Array.from(request.responseText, (character) => character.charCodeAt(0) & 0xff);
    take(part, new WebAssembly.Instance(new WebAssembly.Module(bytes), exported));
    joined[part] = Promise.resolve();
  }

  function take(part, instance) {
    exported[part + 1] = instance.exports;
  }

  // The parts that these ways (names, with spaces between) need besides the first one.
  const partsOf = (names) => neededBy(REST, ...names.split(" ").map((name) => ways.indexOf(name)));

  globalThis.parallelLabRest = {
    begin(exports) {
      exported[0] = exports;
    },
    // Resolves once all that these ways need is here.
    async load(names) {
      if (isWhole) return;
      try {
        const unknown = names.split(" ").find((name) => !ways.includes(name));
        if (unknown) throw new Error(`no part of the program is ${unknown}`);
        await Promise.all(partsOf(names).map(join));
        reason = null;
      } catch (error) {
        console.warn(error);
        reason = await why(partsOf(names).filter((part) => !exported[part + 1]).map((part) => parts[part].file));
        throw error;
      }
    },
    isOld: lookForOld,
    // For whoever could not wait: the page stands still meanwhile.
    loadNow(way) {
      try {
        neededBy(REST, way).forEach(joinNow);
      } catch (error) {
        failed("The rest of the lab could not be loaded when it was needed. Reloading the page may help.");
        throw error;
      }
    },
  };

  async function load() {
    if (typeof WebAssembly !== "object") {
      failed("This browser has no WebAssembly, or it is switched off, and the lab is built on it. A current Chrome, Edge, Firefox or Safari can show it.");
      return;
    }
    try {
      // The smallest module there is: eight bytes.
      new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
    } catch (error) {
      console.warn(error);
      failed("The rules of this host or this browser don't let a page run WebAssembly, and the lab is built on it. The host's Content-Security-Policy can allow it: script-src must have 'wasm-unsafe-eval'.");
      return;
    }
    await globalThis.parallelLabIsolation?.settled;
    if (globalThis.parallelLabPacked?.ui) {
      // All in one file: the program and its script are in the page.
      await wasm_bindgen({ module_or_path: await packed() });
      return;
    }
    if (!files.uiScript || !files.uiWasm || !parts.length) throw new Error("the build left no file names");
    // Where the page is likely to begin with the lab (src/page/visit.rs decides), its
    // parts are needed at once, and come beside the first one.
    if (window.parent !== window || location.search.length > 1) {
      // A lab whose words are a file of their own is scripts: they share one way.
      partsOf(meta.hasAttribute(`data-lab-${lab}`) ? SCRIPTS : lab).forEach(ask);
    }
    const [module] = await Promise.all([
      fetched(files.uiWasm)
        .catch(() => fetched(files.uiWasm, "reload")) // the cached copy may be damaged
        .catch((error) => {
          if (!files.uiPacked) throw error;
          return packed(files.uiPacked);
        }),
      script(files.uiScript),
    ]);
    // `wasm_bindgen` is a global of the script that has just loaded.
    await wasm_bindgen({ module_or_path: module });
  }

  load().catch(async (error) => {
    console.error(error);
    if (state === "mounted") return; // its own hook has spoken, or it still stands
    failed(await why([files.uiScript, files.uiWasm, ...parts.map((part) => part.file), files.uiPacked]));
  });
})();
