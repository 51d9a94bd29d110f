// The running count beside the grid. From "all unknown days are no" to "all unknown days are yes", as the server does.

const PAUSE = 1500;

function interval(answers) {
  const certain = answers.filter((answer) => answer === true).length;
  const open = answers.filter((answer) => answer === null).length;
  return { certain, text: open ? `${certain}–${certain + open}` : String(certain) };
}

function unknown(headache) {
  return headache === "" || headache === "?" || headache === null;
}

function taken(day, wanted) {
  if (day.codes.some(wanted)) return true;
  return day.known && !day.codes.includes(null) ? false : null;
}

export class Totals {
  constructor(form, grid, answers, medicines) {
    this.form = form;
    this.grid = grid;
    this.answers = answers;
    this.medicines = medicines;
    this.shown = new Map([...document.querySelectorAll("[data-live]")].map((place) => [place.dataset.live, place]));
    this.state = document.querySelector("[data-live-state]");
    this.spoken = form.querySelector("[data-diary-spoken]");
    this.running = form.querySelector("[data-diary-running]");
  }

  count() {
    const days = this.grid.rows.map((cells) => this.#day(cells));
    const headache = interval(days.map((day) => (unknown(day.headache) ? null : day.headache !== "0")));
    const strong = interval(
      days.map((day) => (unknown(day.headache) || day.headache === "y" ? null : Number(day.headache) >= 2)),
    );
    const acute = interval(days.map((day) => taken(day, () => true)));
    const recorded = days.filter((day) => !unknown(day.headache)).length;
    this.#show("headache", headache);
    this.#show("strong", strong);
    this.#show("acute", acute);
    this.#show("recorded", { text: String(recorded) });
    this.#showClasses(days);
    this.state.textContent = "as typed, not saved yet";
    const sentence =
      `Headache days ${headache.text}, moderate or severe ${strong.text}, ` +
      `acute medication days ${acute.text}, recorded ${recorded} of ${days.length}.`;
    this.running.textContent = sentence;
    this.#speakLater(sentence);
  }

  #day([headache, , medicines]) {
    const key = this.answers.read("headache", headache.value);
    const read = this.medicines.read(medicines.value);
    const nothing = medicines.value.trim() === "" && this.form.elements.empty_means_none.checked && !unknown(key);
    return { headache: key, codes: read.codes, known: read.known || nothing };
  }

  #showClasses(days) {
    for (const [name, place] of this.shown) {
      if (!name.startsWith("class:")) continue;
      const wanted = name.slice("class:".length);
      const count = interval(days.map((day) => taken(day, (code) => this.medicines.classes[code]?.includes(wanted))));
      const line = place.closest("div");
      if (line.hidden && !count.certain) continue;
      line.hidden = false;
      place.textContent = count.text;
    }
  }

  #show(name, { text }) {
    this.shown.get(name).textContent = text;
  }

  // Said when the hands rest, not at every key.
  #speakLater(sentence) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => (this.spoken.textContent = sentence), PAUSE);
  }
}
