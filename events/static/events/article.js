// Proposals by keyboard, each sent by itself: what stands in the others stays as it was typed.

const desk = document.querySelector(".article-desk");
const form = document.getElementById("proposals");
const jQuery = window.django?.jQuery;

const cards = () => [...desk.querySelectorAll(".proposal")];
const waiting = () => cards().filter((card) => card.dataset.state === "waiting");
const cardOf = (element) => element?.closest?.(".proposal");
const isField = (element) => element?.matches?.("input:not([type=checkbox]), select, textarea, .select2-selection");

// Which words led to the proposal that has the focus.
function light(card) {
  for (const mark of desk.querySelectorAll("mark[data-of]")) {
    mark.classList.toggle("is-lit", Boolean(card) && mark.dataset.of.split(" ").includes(card.dataset.key));
  }
}

function go(card) {
  if (!card) return;
  card.focus({ preventScroll: true });
  card.closest(".paragraph").scrollIntoView({ block: "nearest" });
  card.scrollIntoView({ block: "nearest" });
}

function step(from, by) {
  const all = cards();
  go(all[Math.min(Math.max(all.indexOf(from) + by, 0), all.length - 1)]);
}

function nextWaiting(after) {
  const all = cards();
  const later = all.slice(all.indexOf(after) + 1).find((card) => card.dataset.state === "waiting");
  return later ?? waiting()[0] ?? after;
}

function replace(card, html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").querySelector(".proposal");
  // Another page instead, such as the login's.
  if (!fresh) throw new Error("No proposal came back.");
  card.replaceWith(fresh);
  jQuery?.(fresh).find(".admin-autocomplete").djangoAdminSelect2();
  document.getElementById("number-waiting").textContent = waiting().length;
  return fresh;
}

// The fields of one proposal, and the button that was pressed in it.
function fieldsOf(card, button) {
  const data = new FormData();
  for (const [name, value] of new FormData(form)) {
    if (name.startsWith(`p${card.dataset.key}-`)) data.append(name, value);
  }
  data.set(button.name, button.value);
  data.set("part", "card");
  // Whoever logged in again in another tab has a new token by now.
  const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
  data.set("csrfmiddlewaretoken", token ? token[1] : form.elements.csrfmiddlewaretoken.value);
  return data;
}

async function send(card, button) {
  card.classList.add("is-busy");
  try {
    const answer = await fetch(button.formAction, { method: "POST", body: fieldsOf(card, button) });
    if (answer.redirected || !answer.ok) throw new Error(answer.statusText);
    const fresh = replace(card, await answer.text());
    if ("refused" in fresh.dataset) (fresh.querySelector(".errors :is(input, select)") ?? fresh).focus();
    else go(fresh.dataset.state === "waiting" ? fresh : nextWaiting(fresh));
  } catch {
    // The login may have run out, or the server be away: what was typed stands where it stood.
    card.classList.remove("is-busy");
    tell(card, "Not saved: the server did not answer as it should. Nothing is lost here; log in again in another tab, then repeat.");
  }
}

function tell(card, sentence) {
  const note = card.querySelector(".errornote") ?? document.createElement("p");
  note.className = "errornote";
  note.setAttribute("role", "alert");
  note.textContent = sentence;
  card.prepend(note);
}

const buttonOf = (card, action) => card?.querySelector(`button[value="${action}"]`);
const press = (card, action) => buttonOf(card, action)?.click();

function onKeyInCard(event, card) {
  if (event.key === "Escape" && isField(event.target)) return () => card.focus();
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter") return () => press(card, "accept");
  if (isField(event.target) || event.ctrlKey || event.metaKey || event.altKey) return null;
  const actions = {
    a: () => press(card, "accept"),
    o: () => press(card, "mend"),
    d: () => press(card, "discard"),
    b: () => press(card, "back"),
    e: () => card.querySelector("input:not([type=hidden])")?.focus(),
    j: () => step(card, 1),
    k: () => step(card, -1),
  };
  if (/^[1-5]$/.test(event.key)) return () => card.querySelectorAll(".alike button")[event.key - 1]?.click();
  return actions[event.key.toLowerCase()];
}

function isChanged(card) {
  if ("typed" in card.dataset) return true;
  const drawn = (field) => field.matches("select") ? (field.querySelector("[selected]") ?? field[0])?.value : field.defaultValue;
  return [...card.querySelectorAll("input, select")].some(
    (field) => field.checked !== field.defaultChecked || field.value !== drawn(field),
  );
}

if (desk) {
  let isSent = false;
  form.addEventListener("submit", (event) => {
    // Enter in a field presses the first button of the page: it is meant for the proposal of that field.
    const card = cardOf(event.submitter) ?? cardOf(document.activeElement);
    const button = cardOf(event.submitter) ? event.submitter : buttonOf(card, "accept");
    // The whole page is sent where one is to be opened: the server gives back what was typed into others.
    isSent = button?.value === "mend";
    if (isSent) return;
    event.preventDefault();
    if (button) send(card, button);
  });
  document.addEventListener("keydown", (event) => {
    const card = cardOf(event.target);
    const action = card ? onKeyInCard(event, card) : event.target === document.body && /^[jk]$/i.test(event.key) && (() => go(waiting()[0] ?? cards()[0]));
    if (!action) return;
    event.preventDefault();
    action();
  });
  desk.addEventListener("focusin", ({ target }) => light(cardOf(target)));
  window.addEventListener("beforeunload", (event) => {
    if (!isSent && waiting().some(isChanged)) event.preventDefault();
  });
  go(document.querySelector(`.proposal[autofocus], .proposal${location.hash || "-none"}`) ?? waiting()[0]);
} else {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    document.querySelector("#article_form [name=_save]")?.click();
  });
}
