// The diary on a telephone. An entry is kept on the phone first and sent as soon as there is a signal: once, because
// it carries a key of its own, and in the order in which it was written. Without this script the page works as forms.

const HOME = location.pathname.split("/").slice(0, 3).join("/") + "/";
const STORE = `diary:${HOME}:`;
const AGAIN_AFTER = 20_000;
const PATIENCE = 20_000;
// Two taps closer together than this are one tap of a trembling hand.
const ONE_TAP = 1_000;
const KINDS = {
  none: "No headache",
  attack: "Headache",
  ongoing: "Still going on",
  details: "Details of a headache",
  correct: "Change of a day",
  about: "About the day",
};

const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const main = document.getElementById("main");
const waiting = document.getElementById("waiting");
const { shell, gone, worker } = document.body.dataset;
let lastTap = 0;

// --- days -----------------------------------------------------------------------------------------------------------

const iso = (day) =>
  `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, "0")}-${String(day.getDate()).padStart(2, "0")}`;

function label(day) {
  const date = new Date(`${day}T12:00`);
  const words = `${DAYS[date.getDay()]} ${date.getDate()} ${MONTHS[date.getMonth()]}`;
  return day === iso(new Date()) ? `Today, ${words}` : words;
}

// --- what is kept on the phone --------------------------------------------------------------------------------------

function entries() {
  return Object.keys(localStorage)
    .filter((name) => name.startsWith(`${STORE}entry:`))
    .sort()
    .map((name) => ({ name, ...JSON.parse(localStorage.getItem(name)) }));
}
function change(entry, more) {
  const { name, ...rest } = entry;
  localStorage.setItem(name, JSON.stringify({ ...rest, ...more }));
}
function keep(payload) {
  const name = `${STORE}entry:${payload.written_at}:${payload.key}`;
  localStorage.setItem(name, JSON.stringify({ payload, state: "waiting" }));
}
function keepPage() {
  const day = main.querySelector("form[data-entry=attack] [name=day]")?.value;
  if (day && day === iso(new Date()) && !location.search.includes("day="))
    localStorage.setItem(`${STORE}page`, JSON.stringify({ day, html: main.innerHTML }));
}

// --- sending --------------------------------------------------------------------------------------------------------

// One round at a time, in one tab at a time: the next round waits and finds only what is left.
const oneAtATime = (work) => (navigator.locks ? navigator.locks.request(STORE, work) : work());

async function send(payload) {
  const answer = await fetch(`${HOME}entries`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(payload),
    credentials: "omit",
    cache: "no-store",
    signal: AbortSignal.timeout(PATIENCE),
  });
  // A page in between (a hotel's sign-in) is no answer of ours.
  return { status: answer.status, said: await answer.json() };
}

async function sendAll() {
  let page = "";
  for (const entry of entries().filter(({ state }) => state === "waiting")) {
    let answer;
    try {
      answer = await send(entry.payload);
    } catch {
      break;
    }
    const { status, said } = answer;
    if (said.result === "saved") {
      localStorage.removeItem(entry.name);
      page = said.page;
    } else if (said.result === "gone") {
      change(entry, { trouble: said.sentence });
      break;
    } else if (said.result === "asked") change(entry, { state: "asked", question: said });
    else if (said.result === "refused") change(entry, { state: "refused", errors: said.errors });
    else if (status >= 500 || said.result === "wait") break;
  }
  return page;
}

async function flush() {
  const page = await oneAtATime(sendAll);
  if (page && !typing()) show(page);
  drawWaiting();
  return Boolean(page);
}

// Somebody who has begun another entry must not lose it because an older one has just been sent.
function typing() {
  return [...main.querySelectorAll("form[data-entry]")].some((form) =>
    [...form.elements].some((field) =>
      /radio|checkbox/.test(field.type) ? field.checked !== field.defaultChecked : field.type !== "hidden" && field.value !== (field.defaultValue ?? field.value),
    ),
  );
}

function show(page) {
  main.innerHTML = page;
  // The second tap of two may come when the page is new already: it meant the old one.
  lastTap = Date.now();
  prepare();
  keepPage();
  history.replaceState(null, "", HOME);
  main.focus();
}

// --- the forms ------------------------------------------------------------------------------------------------------

function prepare() {
  for (const form of main.querySelectorAll("form[data-entry]")) {
    form.elements.zone.value = Intl.DateTimeFormat().resolvedOptions().timeZone || "";
    form.elements.offset.value = -new Date().getTimezoneOffset();
  }
}

function answers(form) {
  const payload = {};
  for (const [name, value] of new FormData(form)) {
    if (value === "") continue;
    payload[name] = name in payload ? [payload[name], value].flat() : value;
  }
  payload.written_at = new Date().toISOString();
  return payload;
}

function fresh(form) {
  form.reset();
  form.elements.key.value = crypto.randomUUID();
}

// "No headache" is one tap with nothing ticked; "nothing" and a medicine contradict each other.
function onChange({ target }) {
  if (!["took", "exposures"].includes(target.name) || !target.checked) return;
  for (const other of target.form.querySelectorAll(`[name=${target.name}]`))
    if (other !== target && (other.value === "nothing" || target.value === "nothing")) other.checked = false;
}

async function onSubmit(event) {
  const form = event.target;
  if (form.matches("[data-colours-form]")) return switchColours(event);
  if (!form.matches("form[data-entry]")) return;
  if (Date.now() - lastTap < ONE_TAP) return event.preventDefault();
  const payload = answers(form);
  try {
    keep(payload);
  } catch {
    return; // no room on the phone: the form is sent as it is
  }
  event.preventDefault();
  lastTap = Date.now();
  say("Sending …");
  drawWaiting();
  fresh(form);
  const sent = await flush();
  const own = entries().find((entry) => entry.payload.key === payload.key);
  if (own?.state === "waiting") say("Kept on this phone. It is sent as soon as there is a signal.");
  else if (own) {
    say("");
    waiting.querySelector("[tabindex]")?.focus();
  } else if (!sent) say("Saved.");
}

function say(sentence) {
  const place = main.querySelector("[data-said]");
  if (!place) return;
  place.textContent = sentence;
  place.hidden = !sentence;
}

// --- what waits -----------------------------------------------------------------------------------------------------

function element(tag, text, more = {}) {
  return Object.assign(document.createElement(tag), { textContent: text, ...more });
}

function typed({ kind, severity, took, note }) {
  const strength = { 1: "mild", 2: "moderate", 3: "severe" }[severity];
  return [KINDS[kind], strength, ...[took ?? []].flat(), note].filter(Boolean).join(", ");
}

function drawWaiting() {
  const all = entries();
  waiting.hidden = !all.length;
  waiting.replaceChildren();
  for (const line of main.querySelectorAll(".days [data-day]"))
    if (all.some(({ payload, state }) => state === "waiting" && payload.day === line.dataset.day))
      line.querySelector("[data-words]").textContent = "Waiting to be sent";
  if (!all.length) return;
  const unsent = all.filter(({ state }) => state === "waiting").length;
  const title = unsent ? `Waiting to be sent (${unsent})` : "Not in the diary yet";
  waiting.append(element("p", title, { role: "status" }));
  const trouble = gone !== undefined ? "They stay on this phone. Tell the clinic when you telephone." : all.find((each) => each.trouble)?.trouble;
  if (trouble) waiting.append(element("p", trouble));
  const list = document.createElement("ul");
  list.append(...all.map(drawEntry));
  waiting.append(list);
}

function drawEntry(entry) {
  const item = element("li", "", { tabIndex: -1 });
  item.append(element("p", `${label(entry.payload.day)}: ${typed(entry.payload)}`));
  if (entry.state === "asked") {
    item.append(element("p", entry.question.sentence));
    item.append(button(entry.question.yes, () => sendAgain(entry, entry.question.answer)));
  }
  if (entry.state === "refused") {
    for (const sentence of Object.values(entry.errors).flat()) item.append(element("p", sentence, { className: "error" }));
    if (main.querySelector(`form[data-entry=${entry.payload.kind}]`)) item.append(button("Mend it", () => mend(entry)));
  }
  if (entry.state !== "waiting") item.append(button("Remove it", () => remove(entry)));
  return item;
}

function button(text, work) {
  const made = element("button", text, { type: "button" });
  made.addEventListener("click", work);
  return made;
}

function remove(entry) {
  localStorage.removeItem(entry.name);
  drawWaiting();
  main.focus();
}

async function sendAgain(entry, answer) {
  change(entry, { payload: { ...entry.payload, ...answer, key: crypto.randomUUID() }, state: "waiting", question: null });
  await flush();
}

function mend(entry) {
  const form = main.querySelector(`form[data-entry=${entry.payload.kind}]`);
  fresh(form);
  for (const field of form.elements) {
    const value = entry.payload[field.name];
    if (value === undefined || ["key", "kind", "seen", "written_at"].includes(field.name)) continue;
    if (/radio|checkbox/.test(field.type)) field.checked = [value].flat().includes(field.value);
    else field.value = value;
  }
  for (const more of form.querySelectorAll("details")) more.open = true;
  localStorage.removeItem(entry.name);
  drawWaiting();
  form.querySelector("button").focus();
}

// --- colours --------------------------------------------------------------------------------------------------------

function switchColours(event) {
  event.preventDefault();
  const root = document.documentElement;
  const light = root.dataset.colours !== "light";
  root.dataset.colours = light ? "light" : "dark";
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `diary_colours=${light ? "light" : ""}; Path=/d/; SameSite=Strict; Max-Age=${light ? 31536000 : 0}${secure}`;
  const pressed = event.target.querySelector("button");
  pressed.textContent = light ? "Dark page" : "Light page";
  pressed.value = light ? "dark" : "light";
}

// --- opening --------------------------------------------------------------------------------------------------------

function openWithoutSignal() {
  if (/diary_colours=light/.test(document.cookie)) document.documentElement.dataset.colours = "light";
  const kept = JSON.parse(localStorage.getItem(`${STORE}page`) || "null");
  if (!kept) return;
  main.innerHTML = kept.html;
  const wanted = new URLSearchParams(location.search).get("day") || iso(new Date());
  main.querySelector("[data-day-label]").textContent = label(wanted);
  for (const form of main.querySelectorAll("form[data-entry]")) {
    fresh(form);
    form.elements.day.value = wanted;
    if (wanted !== kept.day) form.elements.seen.value = "";
  }
  if (wanted !== kept.day) {
    for (const part of main.querySelectorAll("[data-only-today]")) part.hidden = true;
    main.querySelector("[data-none]").hidden = false;
    main.querySelector("[data-attack-title]").textContent = "Headache";
  }
  main.querySelector("[data-none-text]").textContent = wanted === iso(new Date()) ? "No headache today" : "No headache";
  say("No signal. What you enter is kept on this phone and sent later. The list shows what was known last.");
}

function open() {
  if (gone !== undefined) {
    localStorage.removeItem(`${STORE}page`);
    return drawWaiting();
  }
  if (shell !== undefined) openWithoutSignal();
  const server = main.querySelector(".days [data-day]")?.dataset.day;
  const query = new URLSearchParams(location.search);
  if (shell === undefined && server && server !== iso(new Date()) && !query.has("today")) {
    // The phone is a day ahead of the clinic, or behind: its date decides.
    query.set("today", iso(new Date()));
    return location.replace(`${HOME}?${query}`);
  }
  prepare();
  if (shell === undefined) keepPage();
  document.addEventListener("submit", onSubmit);
  document.addEventListener("change", onChange);
  addEventListener("online", flush);
  addEventListener("storage", drawWaiting);
  document.addEventListener("visibilitychange", () => document.hidden || flush());
  setInterval(() => entries().some(({ state }) => state === "waiting") && flush(), AGAIN_AFTER);
  drawWaiting();
  flush();
  if (worker && navigator.serviceWorker) navigator.serviceWorker.register(worker).catch(() => {});
}

open();
