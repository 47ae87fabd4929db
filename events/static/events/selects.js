// Gives the selects that search the names of their labels: select2 names them by what is chosen, which may be nothing.

function name(container) {
  const select = container.previousElementSibling;
  const label = select?.labels?.[0];
  const selection = container.querySelector("[role=combobox]");
  const chosen = container.querySelector(".select2-selection__rendered");
  if (!label || !selection || !chosen) return;
  label.id ||= `${select.id}-label`;
  selection.setAttribute("aria-labelledby", `${label.id} ${chosen.id}`);
  chosen.setAttribute("aria-label", `${label.textContent.trim()} ${chosen.textContent}`.trim());
}

const nameAll = (element) => {
  for (const container of element.querySelectorAll(".select2-container")) name(container);
};

// They are drawn when the page is ready, and again for rows that are added.
new MutationObserver((changes) => {
  for (const { addedNodes, target } of changes) {
    if ([...addedNodes].some((node) => node instanceof Element && (node.matches(".select2-container") || node.querySelector(".select2-container")))) {
      nameAll(target);
    }
  }
}).observe(document.body, { childList: true, subtree: true });
nameAll(document);
