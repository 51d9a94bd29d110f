// What was typed and not saved survives a crash and the end of a session: in this tab, for this person and patient.

const PREFIX = "diary-draft/";
const PAUSE = 300;
const KEEP = 12 * 60 * 60 * 1000;

function stored(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key));
  } catch {
    return null;
  }
}

// Nobody finds what somebody else typed in the same tab, and nothing lies there for days.
function sweep(person) {
  for (const key of Object.keys(sessionStorage)) {
    if (!key.startsWith(PREFIX)) continue;
    const fresh = Date.now() - (stored(key)?.at ?? 0) < KEEP;
    if (!key.startsWith(`${PREFIX}${person}/`) || !fresh) sessionStorage.removeItem(key);
  }
}

function newNumber() {
  return crypto.randomUUID?.() ?? "";
}

export class Draft {
  constructor(form, restore) {
    this.form = form;
    this.restore = restore;
    this.key = PREFIX + form.dataset.draftKey;
    this.offer = form.querySelector("[data-draft-offer]");
    this.dirty = "unsaved" in form.dataset;
    sweep(form.dataset.draftKey.split("/")[0]);
    this.#forgetWhatWasSaved();
    this.form.elements.draft.value ||= newNumber();
    if (this.dirty) this.#keep();
    else this.#offerEarlier();
    this.#guard();
  }

  changed() {
    this.dirty = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#keep(), PAUSE);
  }

  #values() {
    const typed = [...this.form.elements].filter((field) => field.name && field.name !== "csrfmiddlewaretoken");
    return Object.fromEntries(typed.map((field) => [field.name, field.type === "checkbox" ? field.checked : field.value]));
  }

  #keep() {
    // An earlier draft that nobody has decided about is not overwritten.
    if (!this.dirty || !this.offer.hidden) return;
    try {
      sessionStorage.setItem(this.key, JSON.stringify({ at: Date.now(), values: this.#values() }));
    } catch {
      // A full store costs the draft, not the work.
    }
  }

  #forgetWhatWasSaved() {
    const address = new URL(location.href);
    const saved = address.searchParams.get("saved");
    if (!saved) return;
    if (stored(this.key)?.values.draft === saved) sessionStorage.removeItem(this.key);
    address.searchParams.delete("saved");
    history.replaceState(null, "", address);
  }

  #offerEarlier() {
    const earlier = stored(this.key);
    if (!earlier) return;
    const time = new Date(earlier.at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
    this.offer.querySelector("[data-draft-when]").textContent = `Last typed at ${time}.`;
    this.offer.hidden = false;
    this.offer.querySelector("[data-draft-take]").addEventListener("click", () => this.#take(earlier));
    this.offer.querySelector("[data-draft-drop]").addEventListener("click", () => this.#drop());
  }

  // The versions come back too: what somebody else saved meanwhile is then found by the server.
  #take({ values }) {
    for (const [name, value] of Object.entries(values)) {
      const field = this.form.elements[name];
      if (!field || name === "draft") continue;
      if (field.type === "checkbox") field.checked = value;
      else field.value = value;
    }
    this.offer.hidden = true;
    this.restore();
    this.changed();
  }

  #drop() {
    sessionStorage.removeItem(this.key);
    this.offer.hidden = true;
    if (this.dirty) this.#keep();
    this.restore({ changed: false });
  }

  #guard() {
    let sending = false;
    this.form.addEventListener("submit", () => {
      this.#keep();
      sending = true;
    });
    window.addEventListener("pagehide", () => this.#keep());
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) sending = false;
    });
    window.addEventListener("beforeunload", (event) => {
      if (this.dirty && !sending) event.preventDefault();
    });
  }
}
