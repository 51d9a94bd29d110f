// Comfort while a paper month is typed: Enter goes to the same field of the next day, and the count follows.
// The server counts again after saving; what stands here is only marked "as typed".

const form = document.querySelector("form[data-diary]");
const shown = new Map([...document.querySelectorAll("[data-live]")].map((place) => [place.dataset.live, place]));
const state = document.querySelector("[data-live-state]");

function days() {
  return [...form.querySelectorAll('select[name$="-headache"]')].map((headache) => {
    const text = form.elements[headache.name.replace("headache", "medicines")].value.trim();
    return { headache: headache.value, medicines: text };
  });
}

// From "all unknown days are no" to "all unknown days are yes".
function interval(answers) {
  const certain = answers.filter((answer) => answer === true).length;
  const open = answers.filter((answer) => answer === null).length;
  return open ? `${certain}–${certain + open}` : String(certain);
}

function unknown(headache) {
  return headache === "" || headache === "?";
}

function isHeadache({ headache }) {
  return unknown(headache) ? null : headache !== "0";
}

function isStrong({ headache }) {
  return unknown(headache) || headache === "y" ? null : Number(headache) >= 2;
}

function isAcute({ headache, medicines }) {
  if (/^(0|-|–|none|nothing)$/i.test(medicines)) return false;
  if (medicines.replace("?", "").trim()) return true;
  const emptyMeansNone = form.elements.empty_means_none.checked;
  return medicines === "" && emptyMeansNone && !unknown(headache) ? false : null;
}

function count() {
  const typed = days();
  shown.get("headache").textContent = interval(typed.map(isHeadache));
  shown.get("strong").textContent = interval(typed.map(isStrong));
  shown.get("acute").textContent = interval(typed.map(isAcute));
  shown.get("recorded").textContent = String(typed.filter(({ headache }) => !unknown(headache)).length);
  state.textContent = "as typed, not saved yet";
}

function nextDay(field) {
  const column = field.name.slice(field.name.indexOf("-"));
  const fields = [...form.querySelectorAll(`.diary-cell[name$="${column}"]`)];
  return fields[fields.indexOf(field) + 1];
}

if (form) {
  document.documentElement.classList.add("has-script");
  form.addEventListener("input", count);
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches(".diary-cell") || event.isComposing) return;
    if (event.ctrlKey || event.metaKey) {
      form.requestSubmit();
      return;
    }
    event.preventDefault();
    nextDay(event.target)?.focus();
  });
}
