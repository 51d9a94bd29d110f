// A digit chooses the answer of that number and goes on to the next question. Arrow keys do what they always do.

function groupsOf(form) {
  return [...form.querySelectorAll("fieldset")].filter((set) => set.querySelector('input[type="radio"]'));
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
