// The cells of the month by place: rows are days, columns are as on the printed sheet.

export const COLUMNS = ["headache", "function", "medicines", "note"];

export class Grid {
  constructor(form) {
    this.rows = [...form.querySelectorAll("[data-day]")].map((row) =>
      COLUMNS.map((column) => row.querySelector(`.diary-cell[name$="-${column}"]`)),
    );
    this.places = new Map();
    this.rows.forEach((cells, row) => cells.forEach((cell, column) => this.places.set(cell, { row, column })));
    this.button = form.querySelector('button[type="submit"]');
  }

  get cells() {
    return this.rows.flat();
  }

  has(cell) {
    return this.places.has(cell);
  }

  place(cell) {
    return this.places.get(cell);
  }

  column(cell) {
    return COLUMNS[this.place(cell).column];
  }

  at(row, column) {
    return this.rows[row]?.[column];
  }

  // The cell so many rows and columns away; nothing beyond the edge.
  near(cell, rows, columns) {
    const { row, column } = this.place(cell);
    return this.at(row + rows, column + columns);
  }

  // The headache of a later or earlier day. After the last day comes the button that saves.
  headacheNear(cell, rows) {
    const row = this.place(cell).row + rows;
    return this.at(row, 0) ?? (rows > 0 ? this.button : undefined);
  }

  dayOf(cell) {
    return cell.closest("[data-day]").dataset.day;
  }

  go(cell) {
    if (!cell) return;
    cell.focus();
    if (this.has(cell)) cell.select();
  }
}

// Whether an arrow to the side should leave the cell: at the end of the text, or with all of it selected.
export function atEdge(cell, key) {
  const { selectionStart: start, selectionEnd: end, value } = cell;
  if (start === 0 && end === value.length) return true;
  if (start !== end) return false;
  return key === "ArrowLeft" ? start === 0 : end === value.length;
}
