// The phone's helper: opens the empty page when there is no signal. Release {{ house.version }}.
// It keeps the shell and the files the shell names, nothing that belongs to a person.
const KEPT = "diary-{{ house.version }}";
const SHELL = "{% url 'diary:patient_shell' %}";
const PATIENCE = 6000;

async function keep() {
  const cache = await caches.open(KEPT);
  const answer = await fetch(SHELL, { credentials: "omit", cache: "no-store" });
  if (!answer.ok) throw new Error("no shell");
  const page = await answer.clone().text();
  const files = [...page.matchAll(/(?:href|src)="(\/[^"]+)"/g)].map(([, address]) => address);
  await cache.addAll(files);
  await cache.put(SHELL, answer);
}

async function page(request) {
  try {
    return await fetch(request, { signal: AbortSignal.timeout(PATIENCE) });
  } catch {
    return (await caches.match(SHELL)) || Response.error();
  }
}

// What is kept answers at once and is renewed for the next time.
async function file(request) {
  const kept = await caches.match(request);
  const fresh = fetch(request).then(async (answer) => {
    if (kept && answer.ok) await (await caches.open(KEPT)).put(request, answer.clone());
    return answer;
  });
  if (!kept) return fresh;
  fresh.catch(() => {});
  return kept;
}

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(keep());
});
self.addEventListener("activate", (event) => {
  const clear = async () => {
    for (const name of await caches.keys()) if (name.startsWith("diary-") && name !== KEPT) await caches.delete(name);
    await self.clients.claim();
  };
  event.waitUntil(clear());
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== self.location.origin) return;
  event.respondWith(request.mode === "navigate" ? page(request) : file(request));
});
