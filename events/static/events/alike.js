// Shows events that the one being written may be already, while title, date, kind and parties are filled in.

const PAUSE = 400; // milliseconds without a change
const PARTIES = ["country", "organization", "leader"];

const section = document.getElementById("alike");
const form = section?.closest("form");
let timer = 0;
let asked = "";

function question() {
  const query = new URLSearchParams({ title: form.elements.title?.value ?? "", date: form.elements.date?.value ?? "" });
  if (form.elements.kind?.value) query.append("kind", form.elements.kind.value);
  for (const party of PARTIES) {
    for (const select of form.querySelectorAll(`select[name^="participations-"][name$="-${party}"]`)) {
      const number = select.name.split("-")[1];
      const removed = form.elements[`participations-${number}-DELETE`]?.checked;
      if (select.value && !removed && !select.name.includes("__prefix__")) query.append(party, select.value);
    }
  }
  if (section.dataset.but) query.append("but", section.dataset.but);
  else query.append("joinable", "yes");
  return query.toString();
}

async function ask() {
  const query = question();
  if (query === asked) return;
  asked = query;
  try {
    const answer = await fetch(`${section.dataset.alike}?${query}`);
    if (!answer.ok || answer.redirected || query !== asked) return;
    const found = new DOMParser().parseFromString(await answer.text(), "text/html");
    // Told again only where it changed: a screen reader reads out what is put there.
    if (found.body.textContent.trim() !== section.textContent.trim()) section.replaceChildren(...found.body.children);
  } catch {
    asked = "";
  }
}

function soon() {
  clearTimeout(timer);
  timer = setTimeout(ask, PAUSE);
}

if (form) {
  form.addEventListener("input", soon);
  // select2 tells of a choice through jQuery alone.
  window.django?.jQuery(form).on("change", "select", soon);
}
