// A piece of a spreadsheet, pasted into a cell, fills downward and to the right.

// Spreadsheets put cells with line breaks or quotes into quotes, and double the quotes inside.
export function table(text) {
  const rows = [[]];
  let cell = "";
  let quoted = false;
  for (let place = 0; place < text.length; place += 1) {
    const character = text[place];
    if (quoted) {
      if (character === '"' && text[place + 1] === '"') place += 1;
      else if (character === '"') {
        quoted = false;
        continue;
      }
      cell += text[place];
    } else if (character === '"' && cell === "") quoted = true;
    else if (character === "\t" || character === "\n") {
      rows.at(-1).push(cell);
      cell = "";
      if (character === "\n") rows.push([]);
    } else cell += character;
  }
  rows.at(-1).push(cell);
  // Copied rows end with a line break that is no row of its own.
  if (rows.length > 1 && rows.at(-1).length === 1 && rows.at(-1)[0] === "") rows.pop();
  return rows;
}

export function isTable(text) {
  return /[\t\n]/.test(text.trimEnd());
}

// Puts each value where it belongs. Answers with how many found a cell and the rows or ends of rows that found none.
export function spread(grid, start, rows, put) {
  const { row: first, column } = grid.place(start);
  const left = [];
  let placed = 0;
  rows.forEach((values, offset) => {
    const without = values.filter((value, step) => {
      const cell = grid.at(first + offset, column + step);
      if (!cell) return true;
      put(cell, value.replace(/\s+/g, " ").trim());
      placed += 1;
      return false;
    });
    if (without.some((value) => value.trim())) left.push(without.join("\t"));
  });
  return { placed, left };
}

export function plainText(event) {
  return event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n");
}
