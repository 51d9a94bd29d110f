// Typing a paper month without the mouse. The server reads and counts everything again: this is comfort only.

import { Answers } from "./answers.js";
import { Draft } from "./draft.js";
import { atEdge, COLUMNS, Grid } from "./grid.js";
import { mark, unmark } from "./marks.js";
import { Medicines } from "./medicines.js";
import { isTable, plainText, spread, table } from "./paste.js";
import { Stretch } from "./stretch.js";
import { Totals } from "./totals.js";

const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

class Typing {
  constructor(form) {
    this.form = form;
    this.grid = new Grid(form);
    this.answers = new Answers(form.dataset.answers);
    this.medicines = new Medicines(form.dataset.medicines);
    this.totals = new Totals(form, this.grid, this.answers, this.medicines);
    this.stretch = new Stretch(this.grid, (sentence) => this.say(sentence));
    this.settled = new Map(this.grid.cells.map((cell) => [cell, cell.value]));
    this.entered = new Map();
    this.draft = new Draft(form, (what) => this.#drawAll(what));
    this.grid.cells.forEach((cell) => this.#drawWord(cell));
    this.#listen();
  }

  say(sentence) {
    this.form.querySelector("[data-diary-status]").textContent = sentence;
  }

  #listen() {
    this.form.addEventListener("keydown", (event) => this.#pressed(event));
    this.form.addEventListener("input", (event) => this.#typed(event));
    this.form.addEventListener("paste", (event) => this.#pasted(event));
    this.form.addEventListener("focusin", ({ target }) => this.#came(target));
    this.form.addEventListener("focusout", ({ target }) => this.grid.has(target) && this.#check(target));
    this.form.addEventListener("pointerdown", () => this.stretch.clear());
  }

  #came(target) {
    if (!this.grid.has(target)) return;
    this.entered.set(target, target.value);
    target.select();
  }

  // Keys that move or change without writing a character.
  #pressed(event) {
    const cell = event.target;
    const command = event.ctrlKey || event.metaKey;
    if (command && event.key === "Enter") this.#save(event);
    if (!this.grid.has(cell) || event.isComposing || event.altKey || event.defaultPrevented) return;
    if (command) this.#command(event, cell);
    else if (event.key === "Enter") this.#leave(event, this.grid.headacheNear(cell, event.shiftKey ? -1 : 1));
    else if (event.key === "Escape") this.#restore(event, cell);
    else if (event.key in ARROWS) this.#arrow(event, cell);
    else if ((event.key === "Backspace" || event.key === "Delete") && this.stretch.isLong) this.#empty(event);
    else if (event.key === "Tab") this.stretch.clear();
  }

  #save(event) {
    event.preventDefault();
    this.form.requestSubmit();
  }

  #command(event, cell) {
    if (event.key.toLowerCase() !== "d") return;
    event.preventDefault();
    this.#fillDown(cell);
  }

  #arrow(event, cell) {
    const [rows, columns] = ARROWS[event.key];
    if (columns && (event.shiftKey || !atEdge(cell, event.key))) return;
    if (rows && event.shiftKey) {
      event.preventDefault();
      this.stretch.extend(cell, rows);
    } else this.#leave(event, this.grid.near(cell, rows, columns));
  }

  #leave(event, next) {
    event.preventDefault();
    this.stretch.clear();
    this.grid.go(next);
  }

  #restore(event, cell) {
    event.preventDefault();
    this.stretch.clear();
    this.say("");
    this.#put(cell, this.entered.get(cell) ?? cell.value);
    this.#changed();
    cell.select();
  }

  #empty(event) {
    event.preventDefault();
    this.stretch.cells.forEach((cell) => this.#put(cell, ""));
    this.#changed();
  }

  #fillDown(cell) {
    const chosen = this.stretch.cells;
    const [from, ...to] = chosen.length > 1 ? chosen : [this.grid.near(cell, -1, 0), cell];
    if (!from) {
      this.say("There is no day above to copy.");
      return;
    }
    to.forEach((each) => this.#put(each, from.value));
    this.say(`Copied from ${this.grid.dayOf(from)} to ${to.length === 1 ? "one day" : `${to.length} days`}.`);
    this.#changed();
    cell.select();
  }

  // Characters, also those of a telephone's keyboard, which sends no usable keys.
  #typed(event) {
    const cell = event.target;
    if (!this.grid.has(cell)) {
      this.#changed();
      return;
    }
    if (event.isComposing) return;
    unmark(cell);
    const column = this.grid.column(cell);
    if (this.answers.isKeyed(column) && event.inputType === "insertText") this.#answer(cell, column, event.data ?? "");
    else this.#put(cell, cell.value);
    this.#changed();
  }

  #answer(cell, column, characters) {
    const key = this.answers.read(column, characters.slice(-1));
    if (key) this.#answerWith(cell, column, key);
    else if (column === "function" && characters.trim()) this.#goOnInMedicines(cell, characters);
    else {
      cell.value = this.settled.get(cell);
      if (characters === " ") this.grid.go(this.grid.near(cell, 0, 1));
      else this.say(this.answers.instruction(column));
    }
  }

  #answerWith(cell, column, key) {
    const chosen = this.stretch.isLong ? this.stretch.cells : [cell];
    chosen.forEach((each) => this.#put(each, key));
    this.stretch.clear();
    const done = column === "headache" && (key === "0" || key === "?");
    if (chosen.length > 1 || done) this.grid.go(this.grid.headacheNear(chosen.at(-1), 1));
    else this.grid.go(this.grid.near(cell, 0, 1));
  }

  // A letter in the function column: the sheet says nothing about the function, the medicines begin.
  #goOnInMedicines(cell, characters) {
    cell.value = this.settled.get(cell);
    const medicines = this.grid.near(cell, 0, 1);
    this.grid.go(medicines);
    this.#put(medicines, characters);
    medicines.setSelectionRange(characters.length, characters.length);
  }

  #pasted(event) {
    const cell = event.target;
    const text = plainText(event);
    if (!this.grid.has(cell) || !isTable(text)) return;
    event.preventDefault();
    const rows = table(text);
    const touched = [];
    const { placed, left } = spread(this.grid, cell, rows, (each, value) => {
      this.#put(each, value);
      touched.push(each);
    });
    const wrong = touched.filter((each) => !this.#check(each)).length;
    this.#showLeft(left);
    this.say(
      `${placed} fields pasted.` +
        (wrong ? ` ${wrong} of them can't be read and are marked.` : "") +
        (left.length ? ` ${left.length} rows found no place; they stand below.` : ""),
    );
    this.#changed();
  }

  #showLeft(rows) {
    const notice = this.form.querySelector("[data-diary-left]");
    notice.hidden = rows.length === 0;
    notice.querySelector("[data-diary-left-text]").textContent = rows.join("\n");
  }

  // Writes a value; in a column of keys a word becomes its key.
  #put(cell, value) {
    const column = this.grid.column(cell);
    cell.value = (this.answers.isKeyed(column) && this.answers.read(column, value)) || value;
    this.settled.set(cell, cell.value);
    unmark(cell);
    this.#drawWord(cell);
  }

  // Whether the cell can be read; marks it when not.
  #check(cell) {
    const column = this.grid.column(cell);
    if (this.answers.isKeyed(column)) {
      if (this.answers.read(column, cell.value) !== null) return true;
      mark(cell, this.answers.instruction(column));
      return false;
    }
    const unclear = column === "medicines" ? this.medicines.read(cell.value).unclear : "";
    if (unclear) mark(cell, `“${unclear}” is not clear: write a letter or the beginning of one medicine's name.`);
    return !unclear;
  }

  #drawWord(cell) {
    const column = this.grid.column(cell);
    if (!this.answers.isKeyed(column)) return;
    const key = this.answers.read(column, cell.value);
    cell.dataset.answer = key ?? "";
    cell.nextElementSibling.textContent = key ? this.answers.word(column, key) : "";
  }

  #drawAll({ changed = true } = {}) {
    this.grid.cells.forEach((cell) => this.#put(cell, cell.value));
    if (changed) this.#changed();
    this.grid.go(this.grid.at(0, COLUMNS.indexOf("headache")));
  }

  #changed() {
    this.totals.count();
    this.draft?.changed();
  }
}

const form = document.querySelector("form[data-diary]");
if (form) {
  document.documentElement.classList.add("has-script");
  new Typing(form);
}
