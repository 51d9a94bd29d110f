// Pictures that can be read place by place: one Tab stop, arrow keys from day to day, and a line above the picture
// that says what the place holds, for the pointer as well. Without this script a picture is one image with a summary
// and a table beside it.

const HINT = "Point at a place, or press Tab and the arrow keys, to read what it says.";

function where(cell) {
  return { row: Number(cell.dataset.row), column: Number(cell.dataset.column) };
}

// The place in another row that lies nearest above or below; rows of a calendar differ in length.
function nearest(cells, row, column) {
  const distance = (cell) => Math.abs(where(cell).column - column);
  return cells
    .filter((cell) => where(cell).row === row)
    .reduce((best, cell) => (best && distance(best) <= distance(cell) ? best : cell), undefined);
}

function target(cells, cell, event) {
  const place = cells.indexOf(cell);
  const { row, column } = where(cell);
  const inRow = cells.filter((each) => where(each).row === row);
  switch (event.key) {
    case "ArrowRight":
      return cells[place + 1];
    case "ArrowLeft":
      return cells[place - 1];
    case "ArrowDown":
      return nearest(cells, row + 1, column);
    case "ArrowUp":
      return nearest(cells, row - 1, column);
    case "Home":
      return event.ctrlKey ? cells[0] : inRow[0];
    case "End":
      return event.ctrlKey ? cells.at(-1) : inRow.at(-1);
    default:
      return null;
  }
}

// The summary stays with the picture; the words of each place move from its hover text to its name.
function prepare(svg, cells) {
  svg.setAttribute("role", "listbox");
  for (const cell of cells) {
    const title = cell.querySelector("title");
    cell.setAttribute("role", "option");
    cell.setAttribute("aria-label", title.textContent);
    cell.setAttribute("tabindex", "-1");
    title.remove();
  }
  cells[0].setAttribute("tabindex", "0");
}

function speakingLine(svg) {
  const line = document.createElement("p");
  line.className = "chart-says small";
  // The place's own name is read out; the line is for those who see it.
  line.setAttribute("aria-hidden", "true");
  (svg.closest(".scroll") ?? svg).before(line);
  return (words) => {
    line.textContent = words || HINT;
    line.classList.toggle("is-hint", !words);
  };
}

function bring(svg) {
  const cells = [...svg.querySelectorAll(".c-cell")];
  if (!cells.length) return;
  prepare(svg, cells);
  const say = speakingLine(svg);
  const focused = () => cells.find((cell) => cell === document.activeElement);
  say("");

  // Listened to outside the picture: some browsers take an SVG that listens to focus for a stop of its own.
  const around = svg.parentElement;
  // The words stay until another place is pointed at, so that they can be read in peace.
  around.addEventListener("pointerover", (event) => {
    const cell = event.target.closest(".c-cell");
    if (cell) say(cell.getAttribute("aria-label"));
  });
  around.addEventListener("focusin", (event) => {
    const cell = event.target.closest(".c-cell");
    if (!cell) return;
    for (const each of cells) each.setAttribute("tabindex", each === cell ? "0" : "-1");
    say(cell.getAttribute("aria-label"));
  });
  around.addEventListener("focusout", () => say(""));
  around.addEventListener("keydown", (event) => {
    const cell = focused();
    if (!cell || event.altKey || event.metaKey) return;
    const next = target(cells, cell, event);
    if (next === null) return;
    event.preventDefault();
    next?.focus();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") say("");
  });
}

for (const svg of document.querySelectorAll("svg.chart")) bring(svg);
