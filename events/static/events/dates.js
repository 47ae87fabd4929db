// Says beside each date what the desk understands of it, while it is typed.

const PAUSE = 250; // milliseconds without a key

const timers = new WeakMap();

function outputOf(input) {
  let output = input.parentElement.querySelector(`.edtf-meaning[for="${CSS.escape(input.id)}"]`);
  if (!output) {
    output = document.createElement("output");
    output.className = "edtf-meaning";
    output.htmlFor.add(input.id);
    input.after(output);
  }
  return output;
}

function show(input, { means = "", error = "", suggestion = "" }) {
  const output = outputOf(input);
  output.textContent = means || error;
  output.classList.toggle("edtf-error", Boolean(error));
  if (!suggestion) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "edtf-suggestion";
  button.textContent = `Write ${suggestion}`;
  button.addEventListener("click", () => {
    input.value = suggestion;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.focus();
  });
  output.append(" ", button);
}

async function ask(input) {
  const text = input.value;
  const address = `${input.dataset.understood}?edtf=${encodeURIComponent(text)}`;
  try {
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    // Whoever typed on meanwhile is answered next.
    if (answer.ok && !answer.redirected && input.value === text) show(input, await answer.json());
  } catch {
    show(input, {}); // Without the server nothing is said; saving says it.
  }
}

document.addEventListener("input", ({ target }) => {
  if (!(target instanceof HTMLInputElement) || !target.dataset.understood) return;
  clearTimeout(timers.get(target));
  timers.set(target, setTimeout(ask, PAUSE, target));
});
