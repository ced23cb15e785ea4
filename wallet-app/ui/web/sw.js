// Keeps the whole page, so that the wallet works without a network. Written anew with each build: another list of
// files is another worker, and it takes over only once all of them are here and are what they should be.
const FILES = "@FILES@";
const CACHE = "absah-@VERSION@";
// The list of who may issue and ask: only for a new wallet, and there may be none.
const LIST = "list.json";

const hex = (bytes) => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");

async function kept(cache, name, sha256) {
  const answer = await fetch(name, { cache: "reload", credentials: "omit" });
  if (!answer.ok) throw new Error(name);
  const bytes = await answer.clone().arrayBuffer();
  if (hex(await crypto.subtle.digest("SHA-256", bytes)) !== sha256) throw new Error(name);
  await cache.put(name, answer);
}

async function install() {
  await caches.delete(CACHE);
  const cache = await caches.open(CACHE);
  try {
    await Promise.all(Object.entries(FILES).map(([name, sha256]) => kept(cache, name, sha256)));
  } catch (error) {
    // Interrupted: nothing half is kept. The browser tries again when the page is next opened.
    await caches.delete(CACHE);
    throw error;
  }
  await cache.add(LIST).catch(() => {});
  await self.skipWaiting();
}

async function activate() {
  for (const name of await caches.keys()) if (name !== CACHE) await caches.delete(name);
  await self.clients.claim();
}

async function answer(request) {
  const url = new URL(request.url);
  const cache = await caches.open(CACHE);
  const name = request.mode === "navigate" ? "index.html" : url.pathname.slice(1);
  if (name === LIST) {
    // A wallet begun anew wants today's list; without a network the kept one.
    try {
      const fresh = await fetch(request, { cache: "no-cache", signal: AbortSignal.timeout(700) });
      if (fresh.ok) await cache.put(LIST, fresh.clone());
      return fresh;
    } catch {
      // As below.
    }
  }
  return (await cache.match(name)) ?? fetch(request);
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", (event) => {
  const own = new URL(event.request.url).origin === self.location.origin;
  if (own && event.request.method === "GET") event.respondWith(answer(event.request));
});
