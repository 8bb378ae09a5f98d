// The apps' service worker: one source, one worker per app. The build fills in the two marked values.
// It answers only for its own scope; /api and the sibling app are never touched.
const VERSION = "__BUILD__";
const FILES = /*PRECACHE*/[];

const APP = self.location.pathname.split("/")[1];
const SCOPE = `/${APP}/`;
const FAMILY = `huiyue-${APP}-`;
const CACHE = `${FAMILY}${VERSION}`;
// The page itself answers every address inside the scope, so deep links work with no network.
const SHELL = SCOPE;
// What only installers look at stays on the server.
const PRECACHE = FILES.filter((path) => !/\/shots\/|-512\.png$/.test(path));

self.addEventListener("install", (event) => {
  event.waitUntil(fillCache());
});

self.addEventListener("activate", (event) => {
  event.waitUntil(dropOldCaches().then(() => self.clients.claim()));
});

self.addEventListener("message", (event) => {
  if (event.data?.type === "activate") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const request = event.request;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (!url.pathname.startsWith(SCOPE)) return;
  if (request.mode === "navigate") event.respondWith(fromCache(SHELL, request));
  else if (PRECACHE.includes(url.pathname)) event.respondWith(fromCache(url.pathname, request));
});

// Past the HTTP cache, so that a new version never mixes with files of the old one. All or nothing.
async function fillCache() {
  const cache = await caches.open(CACHE);
  await cache.addAll(PRECACHE.map((path) => new Request(path, { cache: "reload" })));
}

async function dropOldCaches() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(FAMILY) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
}

// The browser may evict a cache under pressure; then the network is the only truth left.
async function fromCache(path, request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(path)) ?? fetch(request);
}
