// Keys that save a hand's way to the mouse. Everything they do can also be reached without them.

const search = document.getElementById("find-patient");
const results = document.getElementById("find-results");

function isTyping(element) {
  return element.closest("input, textarea, select, [contenteditable]") !== null;
}

document.addEventListener("keydown", (event) => {
  if (event.key === "/" && search && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target)) {
    event.preventDefault();
    search.focus();
    search.select();
  }
  if (event.key === "Escape") {
    if (results) results.replaceChildren();
    for (const menu of document.querySelectorAll("details.usermenu[open]")) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  }
});

// A menu left with the mouse or the Tab key closes: it would cover what comes next.
document.addEventListener("focusin", (event) => {
  for (const menu of document.querySelectorAll("details.usermenu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
  if (results && !event.target.closest(".find")) results.replaceChildren();
});
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.usermenu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
