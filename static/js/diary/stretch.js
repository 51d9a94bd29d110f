// Several days of one column chosen with Shift and the arrows, so that one key answers all of them.

export class Stretch {
  constructor(grid, say) {
    this.grid = grid;
    this.say = say;
    this.clear();
  }

  get cells() {
    if (!this.from) return [];
    const { row: one, column } = this.grid.place(this.from);
    const { row: other } = this.grid.place(this.to);
    const rows = [...this.grid.rows.keys()].slice(Math.min(one, other), Math.max(one, other) + 1);
    return rows.map((row) => this.grid.at(row, column));
  }

  get isLong() {
    return this.cells.length > 1;
  }

  extend(cell, rows) {
    this.from ??= cell;
    const next = this.grid.near(this.to ?? cell, rows, 0);
    if (!next) return;
    this.to = next;
    this.#draw();
    this.grid.go(next);
    const days = this.cells;
    this.say(`${this.grid.dayOf(days[0])} to ${this.grid.dayOf(days.at(-1))} chosen, ${days.length} days.`);
  }

  clear() {
    this.from = this.to = undefined;
    this.#draw();
  }

  #draw() {
    const chosen = new Set(this.isLong ? this.cells : []);
    for (const cell of this.grid.cells) cell.classList.toggle("diary-chosen", chosen.has(cell));
  }
}
