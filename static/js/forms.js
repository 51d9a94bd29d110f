// Comfort for forms. The server decides everything again, so each of these may fail without harm.

function answersOf(form, name) {
  const answers = [];
  for (const control of form.elements) {
    if (control.name !== name || control.type === "hidden") continue;
    if ((control.type === "radio" || control.type === "checkbox") && !control.checked) continue;
    answers.push(control.value);
  }
  return answers;
}

// Show a conditional field only when the other answer asks for it.
function showAsked(form) {
  for (const field of form.querySelectorAll("[data-shown-when]")) {
    const wanted = field.dataset.shownValues.split(" ");
    field.hidden = !answersOf(form, field.dataset.shownWhen).some((answer) => wanted.includes(answer));
  }
}

function prepare(root) {
  for (const form of root.querySelectorAll("form")) showAsked(form);
  root.querySelector("[data-error-summary]")?.focus();
}

document.addEventListener("change", (event) => {
  if (event.target.form) showAsked(event.target.form);
});

// A second click while the first is on its way does nothing. Coming back with the browser's button starts afresh.
const underWay = new WeakSet();
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (underWay.has(form)) event.preventDefault();
  underWay.add(form);
});
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.forms) underWay.delete(form);
});

document.addEventListener("htmx:afterSwap", (event) => prepare(event.target));
prepare(document);
