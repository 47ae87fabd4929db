/* What makes the pages quicker to use. Every page says and does the same without it. */

/** A form sends a question as its address says it: nothing empty, and several values of one name parted by commas. */
for (const form of document.querySelectorAll("form[data-question]")) {
  form.addEventListener("formdata", ({ formData }) => {
    for (const name of new Set(formData.keys())) {
      const values = formData.getAll(name).map((value) => value.trim()).filter(Boolean);
      formData.delete(name);
      if (values.length) formData.set(name, values.join(","));
    }
  });
}

/** Buttons that copy a text and say that they did; hidden until this makes them work. */
const prepareToCopy = () => {
  for (const button of document.querySelectorAll("[data-copy][hidden], [data-copy-text][hidden]")) {
    const words = button.innerHTML;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const field = document.getElementById(button.dataset.copy);
      try {
        await navigator.clipboard.writeText(button.dataset.copyText ?? field.value);
        button.textContent = "Copied";
      } catch {
        // No clipboard outside of HTTPS: the text is chosen, to be copied by hand.
        field?.select();
        button.textContent = field ? "Chosen: copy it" : "Not allowed here";
      }
      setTimeout(() => { button.innerHTML = words; }, 2000);
    });
  }
};
prepareToCopy();
document.addEventListener("contentchange", prepareToCopy);

/** Names and ids of records to choose from, asked of the API while somebody types the last of several, parted by commas. */
const MOST_SUGGESTED = 12;
const PAUSE = 150;
let asking = new AbortController();
let pause = 0;

const suggest = async (input) => {
  const [, before, typed] = input.value.match(/^(.*,\s*)?(.*)$/s);
  asking.abort();
  asking = new AbortController();
  if (!/[\p{L}\p{N}]{2}/u.test(typed)) return;
  const { collection, named } = input.dataset;
  const query = new URLSearchParams({ name: typed, page_size: MOST_SUGGESTED, fields: `id,${named}` });
  const answer = await fetch(`${collection}?${query}`, { signal: asking.signal });
  if (!answer.ok) return;
  const { results } = await answer.json();
  input.list.replaceChildren(...results.map(({ id, [named]: name }) => new Option(`${before ?? ""}${name}`, `${before ?? ""}${id}`)));
};

for (const input of document.querySelectorAll("input[data-collection]")) {
  const list = document.createElement("datalist");
  list.id = `${input.id}-known`;
  input.after(list);
  input.setAttribute("list", list.id);
  input.addEventListener("input", () => {
    clearTimeout(pause);
    // What cannot be suggested can still be typed.
    pause = setTimeout(() => suggest(input).catch(() => {}), PAUSE);
  });
}

/** Plans whose last day has passed are struck through, as on the timeline: what the server says depends on no day. */
const DAY = 864e5;

const strikeOverdue = () => {
  const asOf = new URLSearchParams(location.search).get("as_of");
  const now = asOf ? Date.parse(asOf) + DAY : Date.now();
  for (const mark of document.querySelectorAll(".mark[data-until]")) {
    const [lastDay] = mark.dataset.until.split("T");
    mark.toggleAttribute("data-overdue", Date.parse(lastDay) + DAY <= now);
  }
};
strikeOverdue();
document.addEventListener("contentchange", strikeOverdue);
