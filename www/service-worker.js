// The site's service worker. It outlives every page on the machines of those
// who visit, so it does little: it adds the headers that isolate the page where
// the host sends none, and answers with the files that the page has kept for
// offline use (www/offline.js keeps them; this only reads). It touches our own
// files below its folder and nothing else, and where anything goes wrong it
// answers as the network does.
//
// Which version a visit gets is decided by index.html alone: all other files
// have their contents' hash in their names, so that no two versions mix. A page
// of an older version finds its files in that version's cache, which stays
// until no page is open.
//
//   "activate"  the person wants the new version, which waits
//   "leave"     the worker takes itself and all that was kept away
"use strict";

// The build fills this in (xtask/src/hosting.rs). A retired worker leaves as
// soon as a browser meets it: the way out, should one ever do harm.
const BUILD = "unnamed";
const IS_RETIRED = false;

const SCOPE = self.registration.scope;
// Other sites of this origin, and other versions in folders of their own, have caches too.
const CACHES = `parallel-lab ${SCOPE} `;
const KEPT = CACHES + BUILD;

const PAGE = /^(index\.html)?$/;
const FILE = /^([^/]+|(engine-[a-z]+|python-[a-z]+|data)-[0-9a-f]+\/.+)$/;
// Not for everybody: kept when somebody opens it, or a script reads it.
const LATER = /^(python-[a-z]+|data)-[0-9a-f]+\//;

// A page takes its own version's worker only when nobody else's files depend on
// the older one; a worker of another site, which was here before, has nothing of ours.
self.addEventListener("install", () => {
  if (IS_RETIRED || self.registration.active?.scriptURL !== self.location.href) self.skipWaiting();
});

// A retired worker leaves once it is active: Firefox would have pages wait for the end of an
// activation that has taken its own registration away.
self.addEventListener("activate", (event) => {
  if (IS_RETIRED) setTimeout(leave, 0);
  else event.waitUntil(self.clients.claim());
});

self.addEventListener("message", (event) => {
  if (event.data === "activate") self.skipWaiting();
  if (event.data === "leave") event.waitUntil(leave());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  // If it was put to sleep before it could.
  if (IS_RETIRED && !hasLeft) event.waitUntil(leave());
  if (IS_RETIRED || request.method !== "GET" || !request.url.startsWith(SCOPE)) return;
  const name = new URL(request.url).pathname.slice(new URL(SCOPE).pathname.length);
  const isPage = request.mode === "navigate";
  if (!(isPage ? PAGE : FILE).test(name)) return;
  const answer = isPage ? page(event) : file(event, LATER.test(name));
  const ofNetwork = async () => isolated(await fetch(request), request);
  event.respondWith(answer.then((response) => isolated(response, request)).catch(ofNetwork).catch(() => fetch(request)));
});

// The page of this version if it is kept, else the host's; without a network
// the page of whichever version is kept.
async function page(event) {
  event.waitUntil(tidy().catch(() => {}));
  return (await find(SCOPE, [KEPT])) ?? fetch(event.request).catch(async (error) => {
    const older = await find(SCOPE, await keptVersions());
    if (older) return older;
    throw error;
  });
}

async function file(event, isLater) {
  const { request } = event;
  // Who asks for the host's copy has met a damaged one.
  const isDistrusted = request.cache === "reload" || request.cache === "no-store";
  const kept = isDistrusted ? undefined : await find(request.url, await keptVersions());
  if (kept) {
    // It may be an older version's, which goes some day.
    if (isLater && !(await find(request.url, [KEPT]))) event.waitUntil(keep(request.url, kept.clone()).catch(() => {}));
    return kept;
  }
  const response = await fetch(request);
  if (isLater && response.ok) event.waitUntil(keep(request.url, response.clone()).catch(() => {}));
  return response;
}

let hasLeft = false;

async function keep(url, response) {
  if (hasLeft) return;
  const cache = await caches.open(KEPT);
  await cache.put(url, response);
}

// The newest first.
async function keptVersions() {
  const all = await caches.keys().catch(() => []);
  const names = all.filter((name) => name.startsWith(CACHES) && name !== KEPT);
  return [KEPT, ...names.reverse()];
}

// Storage may be refused or broken: then nothing is kept.
async function find(url, versions) {
  for (const cacheName of versions) {
    const response = await caches.match(url, { cacheName }).catch(() => undefined);
    if (response) return response;
  }
  return undefined;
}

// Older versions go when this one is whole and no page is open that may need them.
async function tidy() {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  if (pages.length > 0 || !(await find(SCOPE, [KEPT]))) return;
  const [, ...older] = await keptVersions();
  await Promise.all(older.map((name) => caches.delete(name)));
}

async function leave() {
  hasLeft = true;
  const names = (await caches.keys().catch(() => [])).filter((name) => name.startsWith(CACHES));
  await Promise.all(names.map((name) => caches.delete(name)));
  await self.registration.unregister();
}

// A page or a worker of ours, with what isolates it; what the host says stays.
// In a frame the page is isolated by itself (Chromium), at the top together with
// its opener. Everything else needs no headers: it is of the same origin.
function isolated(response, { destination }) {
  const isWorker = destination === "worker" || destination === "sharedworker";
  const isTop = destination === "document";
  const isFrame = destination === "iframe" || destination === "frame";
  if (!(isWorker || isTop || isFrame) || response.type === "opaqueredirect" || response.type === "error") return response;
  const headers = new Headers(response.headers);
  const add = (name, value) => headers.has(name) || headers.set(name, value);
  add("Cross-Origin-Embedder-Policy", "require-corp");
  add("Cross-Origin-Resource-Policy", "cross-origin");
  if (isTop) add("Cross-Origin-Opener-Policy", "same-origin");
  if (isFrame || isWorker) add("Document-Isolation-Policy", "isolate-and-credentialless");
  const { status, statusText, body } = response;
  return new Response(body, { status, statusText, headers });
}
