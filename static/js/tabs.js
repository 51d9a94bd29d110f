// On a narrow screen the row of tabs scrolls in its box: begin with the tab one is in.
const current = document.querySelector(".tabs [aria-current]");
if (current) current.scrollIntoView({ block: "nearest", inline: "center", behavior: "instant" });
