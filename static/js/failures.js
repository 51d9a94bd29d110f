// Says so when a request in the background fails. Without this, the page would just stay as it is.

const SENTENCES = {
  offline: "The clinic's server does not answer. What you typed is still on this page. Try again in a moment.",
  refused: "This was refused: your rights or your sign-in may have changed. Open the page again.",
  failed: "That did not work, and nothing was changed. Try again; if it happens again, tell the clinic's IT.",
};

function say(sentence) {
  const place = document.getElementById("messages");
  if (!place) return;
  const notice = document.createElement("div");
  notice.className = "notice notice-danger";
  const paragraph = document.createElement("p");
  paragraph.textContent = sentence;
  notice.append(paragraph);
  place.replaceChildren(notice);
}

document.addEventListener("htmx:sendError", () => say(SENTENCES.offline));
document.addEventListener("htmx:timeout", () => say(SENTENCES.offline));
document.addEventListener("htmx:responseError", (event) => {
  const status = event.detail.xhr.status;
  if (status === 503) say(SENTENCES.offline);
  else if (status === 401 || status === 403 || status === 404) say(SENTENCES.refused);
  else say(SENTENCES.failed);
});
