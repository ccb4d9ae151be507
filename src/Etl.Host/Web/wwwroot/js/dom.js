// Small helpers for the document. All data of the service reaches the page as text, never as HTML.

/** The elements marked `data-part` below an element, by name. */
export function partsOf(root) {
  const parts = {};
  for (const element of root.querySelectorAll("[data-part]")) {
    parts[element.dataset.part] = element;
  }
  return parts;
}

/** A copy of what a template holds, with its parts. */
export function fromTemplate(id) {
  const root = document.getElementById(id).content.firstElementChild.cloneNode(true);
  return { root, parts: partsOf(root) };
}

/** A new element with a class and a text. */
export function create(tag, className = "", text = "") {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}

/** Sets a text only where it differs: a figure that stays the same costs no layout. */
export function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

/** Sets an attribute only where it differs. */
export function setAttribute(element, name, value) {
  if (element.getAttribute(name) !== String(value)) {
    element.setAttribute(name, value);
  }
}

/** Tells a screen reader something, once. */
export function announce(text) {
  setText(document.getElementById("announcement"), text);
}

let noticeTimer;

/** Shows a short message for a few seconds. */
export function notify(text) {
  const notice = document.getElementById("notice");
  notice.hidePopover();
  notice.textContent = text;
  notice.showPopover();
  clearTimeout(noticeTimer);
  noticeTimer = setTimeout(() => notice.hidePopover(), 5000);
}
