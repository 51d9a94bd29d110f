// A digit chooses the answer of that number and goes on to the next question. Arrow keys do what they always do.

function groupsOf(form) {
  return [...form.querySelectorAll("fieldset")].filter(
    (set) => set.querySelector('input[type="radio"]') && !set.closest("[hidden]"),
  );
}

function goOn(form, group) {
  const groups = groupsOf(form);
  const next = groups[groups.indexOf(group) + 1];
  if (!next) return;
  (next.querySelector("input:checked") || next.querySelector("input")).focus();
}

document.addEventListener("keydown", (event) => {
  const form = event.target.closest("form.answer-sheet");
  if (!form || event.target.type !== "radio" || event.ctrlKey || event.metaKey || event.altKey) return;
  const group = event.target.closest("fieldset");
  const answer = group.querySelector(`input[value="${CSS.escape(event.key)}"]`);
  if (!answer || !/^\d$/.test(event.key)) return;
  event.preventDefault();
  answer.checked = true;
  answer.dispatchEvent(new Event("change", { bubbles: true }));
  goOn(form, group);
});

// A question that earlier answers lead to is shown then. One with an answer always stays in sight: a given answer
// counts, whatever led to it.
function showAsked(form) {
  for (const control of form.querySelectorAll("[data-asked-when]")) {
    const field = control.closest(".field");
    const answer = form.querySelector(`input[name="${CSS.escape(control.dataset.askedWhen)}"]:checked`);
    const asked = answer?.value === control.dataset.askedValue;
    const given = [...field.querySelectorAll("input")].some(
      (input) => input.value !== "" && (input.type !== "radio" || input.checked),
    );
    field.hidden = !asked && !given && !field.classList.contains("wrong");
  }
}

for (const form of document.querySelectorAll("form.answer-sheet")) {
  showAsked(form);
  form.addEventListener("change", () => showAsked(form));
}
