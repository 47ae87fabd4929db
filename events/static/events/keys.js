// The event form by keyboard. Every shortcut presses something that stands on the page; see "Keys" below the form.

const form = document.getElementById("event_form");

const press = (selector) => form.querySelector(selector)?.click();

function addRow(group) {
  press(`#${group}-group .add-row a`);
  const rows = form.querySelectorAll(`#${group}-group .inline-related:not(.empty-form), #${group}-group tr.form-row:not(.empty-form)`);
  const first = rows[rows.length - 1]?.querySelector("select, input:not([type=hidden])");
  first?.closest("td, div")?.querySelector(".select2-selection, select, input:not([type=hidden])")?.focus();
}

function addRelated() {
  const wrapper = document.activeElement?.closest(".related-widget-wrapper");
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
  action();
}

// While capturing: an open select2 keeps keys for itself.
if (form) document.addEventListener("keydown", onKey, true);
