// The event form by keyboard. Every shortcut presses something that stands on the page; see "Keys" below the form.

const form = document.getElementById("event_form");

// jQuery tells the admin's scripts that the page is ready one by one, a while after it is. Pressed before that, a link
// that opens a window would leave the form instead, and what was typed in it.
const ready = new Promise((resolve) => django.jQuery(resolve));

const press = (selector) => form.querySelector(selector)?.click();

const ROW = ".form-row[id]:not(.empty-form), .inline-related[id]:not(.empty-form)";
const FIELDS = "select, textarea, input:not([type=hidden], [type=checkbox])";

// Into the first row that is still empty, or a new one.
function addRow(group) {
  const rows = () => [...form.querySelectorAll(`#${group}-group :is(${ROW})`)];
  const isEmpty = (row) => [...row.querySelectorAll(FIELDS)].every((field) => !field.value);
  if (!rows().some(isEmpty)) press(`#${group}-group .add-row a`);
  const first = rows().find(isEmpty)?.querySelector(FIELDS);
  // A select2 keeps its select out of sight, and takes the focus in its place.
  const shown = first?.classList.contains("select2-hidden-accessible") ? first.parentElement : null;
  (shown?.querySelector(".select2-selection") ?? first)?.focus();
}

function addRelated({ target }) {
  const wrapper = target.closest(".related-widget-wrapper");
  wrapper?.querySelector(".add-related")?.click();
}

const WITH_ALT_SHIFT = {
  KeyP: () => addRow("participations"),
  KeyC: () => addRow("claims"),
  KeyN: addRelated,
  KeyV: () => press("[name=_preview]"),
};

function onKey(event) {
  const command = event.ctrlKey || event.metaKey;
  let action;
  if (command && !event.altKey && !event.shiftKey) {
    if (event.key === "Enter") action = () => press("[name=_save]");
    if (event.key === "s") action = () => press("[name=_continue]");
  } else if (event.altKey && event.shiftKey && !command) {
    action = WITH_ALT_SHIFT[event.code];
  }
  if (!action) return;
  event.preventDefault();
  event.stopPropagation();
  ready.then(() => action(event));
}

// While capturing: an open select2 keeps keys for itself.
if (form) document.addEventListener("keydown", onKey, true);
