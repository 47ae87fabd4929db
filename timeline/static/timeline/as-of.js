/* The days on which something became known, as a slider: the same as the links below it, without leaving the page. */

const page = document.querySelector("[data-as-of-page]");

/** The links to the days, in order; the page has no others with a date of their own. */
const linksIn = (root) => [...root.querySelectorAll(".days a.day")];

/** Which of *links* is shown; the last where none is. */
const shownIn = (links) => {
  const place = links.findIndex((link) => link.getAttribute("aria-current") === "true");
  return place < 0 ? links.length - 1 : place;
};

/** Where *link* leads. */
const addressOf = (link) => new URL(link.getAttribute("href"), location.href);

/** Puts what was known by the day of *address* in place of what is shown; leaves for it where that cannot be had. */
async function show(address, signal) {
  let html;
  try {
    const answer = await fetch(address, { signal, headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(answer.status);
    html = await answer.text();
  } catch (error) {
    if (error.name !== "AbortError") location.assign(address);
    return;
  }
  const made = new DOMParser().parseFromString(html, "text/html");
  const next = made.querySelector("[data-as-of-page]");
  const slider = page.querySelector("[data-as-of-slider]");
  next.querySelector("[data-as-of-slider]")?.replaceWith(slider);
  // What the reader has opened stays open.
  for (const { id } of page.querySelectorAll("details[id][open]")) {
    next.querySelector(`#${CSS.escape(id)}`)?.toggleAttribute("open", true);
  }
  page.replaceChildren(...next.childNodes);
  document.title = made.title;
  history.replaceState(null, "", address);
  document.dispatchEvent(new Event("contentchange"));
}

function begin() {
  const holder = page?.querySelector("[data-as-of-slider]");
  const links = page ? linksIn(page) : [];
  if (!holder || links.length < 2) return;
  const input = document.createElement("input");
  const output = document.createElement("output");
  const label = document.createElement("label");
  Object.assign(input, { type: "range", id: "as-of-slider", min: 0, max: links.length - 1, step: 1, value: shownIn(links) });
  label.htmlFor = output.htmlFor = input.id;
  label.textContent = "Day";
  const tell = () => {
    const link = links[input.value];
    output.textContent = input.ariaValueText = `Known by the end of ${link.textContent}: ${link.dataset.status}`;
  };
  let asked = new AbortController();
  input.addEventListener("input", () => {
    tell();
    asked.abort();
    asked = new AbortController();
    show(addressOf(links[input.value]), asked.signal).then(() => input.focus({ preventScroll: true }));
  });
  tell();
  holder.append(label, input, output);
  holder.hidden = false;
}

begin();
