// Says so when a request in the background fails. Without this, the page would just stay as it is.

const SENTENCES = {
  offline: "The clinic's server does not answer. What you typed is still on this page. Try again in a moment.",
  refused: "This was refused: your rights or your sign-in may have changed. Open the page again.",
  signedOut: "You have been signed out. Copy what you typed, then open the page again and sign in.",
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

// A whole page in answer to a request for a piece is the sign-in page: the session ended meanwhile.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (!event.detail.xhr.responseText.trimStart().toLowerCase().startsWith("<!doctype html")) return;
  event.detail.shouldSwap = false;
  say(SENTENCES.signedOut);
});
