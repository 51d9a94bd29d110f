// What does not fit is marked beside its cell, in the same way as the server marks it.

function errorId(cell) {
  return `${cell.id}_error`;
}

function describe(cell, wrong) {
  const ids = (cell.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id && id !== errorId(cell));
  if (wrong) ids.push(errorId(cell));
  if (ids.length) cell.setAttribute("aria-describedby", ids.join(" "));
  else cell.removeAttribute("aria-describedby");
}

export function mark(cell, sentence) {
  let place = document.getElementById(errorId(cell));
  if (!place) {
    place = document.createElement("p");
    place.className = "field-error";
    place.id = errorId(cell);
    cell.closest("td").append(place);
  }
  place.textContent = sentence;
  cell.classList.add("is-invalid");
  cell.setAttribute("aria-invalid", "true");
  describe(cell, true);
}

export function unmark(cell) {
  if (!cell.classList.contains("is-invalid")) return;
  document.getElementById(errorId(cell))?.remove();
  cell.classList.remove("is-invalid");
  cell.removeAttribute("aria-invalid");
  describe(cell, false);
}
