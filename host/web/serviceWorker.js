// The page without a network: everything it is made of is kept when it was first loaded. The build writes the list of files and a name
// that changes with them.

const CACHE = "@CACHE@";
const FILES = ["@FILES@"];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(FILES)));
  self.skipWaiting();
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => names.filter((name) => name.startsWith("yuma-") && name !== CACHE))
      .then((old) => Promise.all(old.map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(self.registration.scope)) return;
  const kept = async (name) => (await caches.open(CACHE)).match(name, { ignoreSearch: true });
  // The page itself comes from its host where that can be reached, so that a newer one is seen; its files never change.
  event.respondWith(
    request.mode === "navigate"
      ? fetch(request).catch(async () => (await kept("./")) ?? Response.error())
      : kept(request).then((file) => file ?? fetch(request)),
  );
});
