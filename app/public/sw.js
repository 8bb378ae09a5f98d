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
// A hash in the name: such a file never changes.
const NAMED_BY_CONTENT = /[-_.][0-9a-f]{15,}[-_.]/;

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
  if (request.mode === "navigate") {
    event.waitUntil(dropOldCaches());
    event.respondWith(fromCache(SHELL, request));
  } else if (PRECACHE.includes(url.pathname) || NAMED_BY_CONTENT.test(url.pathname)) {
    event.respondWith(fromCache(url.pathname, request));
  }
});

// All or nothing. What the page has just loaded comes from the HTTP cache; what may have changed under its name is asked for.
async function fillCache() {
  const cache = await caches.open(CACHE);
  const how = (path) => (NAMED_BY_CONTENT.test(path) ? "default" : "no-cache");
  await cache.addAll(PRECACHE.map((path) => new Request(path, { cache: how(path) })));
  await checkShell(cache);
}

// The server may have changed versions between two answers: a page that names other files would not open without network.
async function checkShell(cache) {
  const shell = await (await cache.match(SHELL)).text();
  const named = shell.match(/\/(?:m|desk)\/[^"'\s]+/g) ?? [];
  const isOther = (path) => NAMED_BY_CONTENT.test(path) && !FILES.includes(path);
  if (named.some(isOther)) throw new Error("the page is of another version");
}

// A tab that still runs the version before may open a page whose file only its own cache has.
async function dropOldCaches() {
  const tabs = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  if (tabs.filter((tab) => new URL(tab.url).pathname.startsWith(SCOPE)).length > 1) return;
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(FAMILY) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
}

// The browser may evict a cache under pressure; then the network is the only truth left.
async function fromCache(path, request) {
  const own = await (await caches.open(CACHE)).match(path);
  if (own) return own;
  const ofAnotherVersion = NAMED_BY_CONTENT.test(path) ? await caches.match(path) : undefined;
  return ofAnotherVersion ?? fetch(request);
}
