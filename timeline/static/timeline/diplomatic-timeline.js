/**
 * <diplomatic-timeline>: a record's events on an axis of time, at any zoom. Its use and its design: docs/element.md
 * Days count from 1970-01-01, proleptic Gregorian; months from January of year 0, which is 1 BCE.
 */

// The API's filters as attributes: `_` is written `-`, and `role`, which is HTML's own, `party-role`.
const FILTERS = `country between leader organization party-role kind category quad occurrence verification precision
  source publisher origins-min place bbox q as-of snapshot`.split(/\s+/);
const MONTHS = "January February March April May June July August September October November December".split(" ");
const { abs, ceil, floor, max, min, round } = Math;
const range = (first, length, step = 1) => Array.from({ length: max(0, length) }, (_, place) => first + place * step);

const within = (number, most) => max(-most, min(most, number));
// A Date is only ever asked in UTC: no time zone shifts a day. It holds a hundred million of them before and after 1970.
const isoOf = (day) => new Date(within(floor(day), 1e8) * 864e5).toISOString();
/** [year, month, day] of a day. */
export const dateAt = (day) => /^(.\d+)-(\d+)-(\d+)/.exec(isoOf(day)).slice(1).map(Number);
const monthAt = (day) => 12 * dateAt(day)[0] + dateAt(day)[1] - 1;
/** A month's first day. All months beyond year 250,000 are as one. */
export const monthStart = (months) => new Date(0).setUTCFullYear(0, within(months, 3e6), 1) / 864e5;
/** "1966", "1973-10", "2018-05-30", "-000043-03-15", "Y12000" → its first day and the day after it; else []. */
export const daysOf = (text) => {
  const [found, year, month, day] = /^Y?([+-]?\d{4,7})(?:-(0\d|1[0-2])(?:-(\d\d))?)?(?:T|$)/.exec(text) ?? [];
  if (!found) return [];
  const months = year * 12 + +(month ?? 1) - 1;
  const first = monthStart(months) + +(day ?? 1) - 1;
  return [first, day ? first + 1 : monthStart(months + (month ? 1 : 12))];
};
/** [first day, day after the last] of what two dates span; undefined where they span nothing. */
const spanOf = (from, to) => {
  const span = [daysOf(from)[0], daysOf(to)[1]];
  if (span[0] < span[1]) return span;
};
/** A day as EDTF, which has days only in years of four digits: beyond, its year. */
const edtfOf = (day) => {
  const [year] = dateAt(day);
  return abs(year) > 9999 ? `Y${year}` : isoOf(day).slice(0, -14).replace(/^-00/, "-");
};

// French parts thousands by thin spaces.
const countWords = (number) => `${number?.toLocaleString("fr")} event${number === 1 ? "" : "s"}`;
const yearWords = (year) => (year < 1 ? `${1 - year} BCE` : `${year}`);
/** "1966 to 2018", "30 May 2018 to 12 June 2018": from a day until before another. */
const spanWords = (start, end) => {
  const words = [start, ceil(end) - 1].map((each) => {
    const [year, month, day] = dateAt(each);
    return (end - start > 1500 ? "" : `${day} ${MONTHS[month - 1]} `) + yearWords(year);
  });
  return [...new Set(words)].join(" to ");
};

// Months of the tiers, millennium to month, and of a day; the tier by which each counts its events.
const LENGTHS = [12000, 1200, 120, 12, 1, 1 / 30.436875];
const FINER = [2, 3, 4, 5, 5];
const UNITS = ["millennium", "century", "decade", "year", "month", "day"];
const daysLong = (tier) => LENGTHS[tier] * 30.436875;
export const tileStart = (tier, index) => (tier > 4 ? index : monthStart(index * LENGTHS[tier]));
export const tileAt = (tier, day) => floor(tier > 4 ? day : monthAt(day) / LENGTHS[tier]);
// Tiles in view: with half as many to either side, as many as the API gives at once.
const MOST = 15;
/** The coarsest tier whose tiles are 900 pixels wide at most, or before one that has too many. */
export const tierOf = (scale, width) =>
  range(0, 4).find((tier) => daysLong(tier) <= 900 * scale || width * scale > MOST * daysLong(tier + 1)) ?? 4;

/** Item of a tile → event: it began between `from` and `begun`, ended between `ending` and `to`; null where open. */
const eventOf = ({ date, ...item }, today) => {
  const [from, begun, ending, to] = ["earliest_start", "latest_start", "earliest_end", "latest_end"].map(
    (name, place) => daysOf(date[name])[place % 2] ?? null);
  const isVague = date.approximate || date.uncertain;
  // Its date is past, and no later source says what came of it.
  const isOverdue = item.occurrence === "planned" && to !== null && to <= today;
  return { ...item, date: date.label, from, begun, ending, to, isVague, isOverdue, at: from ?? (begun ?? to ?? 1) - 1 };
};
/** Event of a list → item of a tile. */
const itemOf = ({ kind: { quad, category }, participants, ...event }) => {
  const named = (id) => id[0].toUpperCase() + id.slice(1).toLowerCase().replace("-", " ");
  const country = participants.find((each) => each.country)?.country.name ?? "No country";
  return { ...event, quad, lanes: { country, category: named(category ?? "no category"), quad: named(quad) } };
};
/** The events of tiles, each once. */
const eventsOf = (tiles) =>
  [...new Map(tiles.flatMap(({ events }) => events.map((event) => [event.id, event]))).values()];
const inOrder = (a, b) => a.at - b.at || (a.id < b.id ? -1 : 1);
/** Text that keeps its direction to itself. */
const isolated = (text) => `\u2068${text}\u2069`;
/** What stands beside a mark: a day shows by its place, and so do the bounds of what takes longer to say. */
const labelOf = ({ from, to, date, title }) =>
  (to - from === 1 || date.length > 16 ? "" : `${date} · `) + isolated(title);
/** All that is drawn, in words: never whether it occurred without how well that is borne out. */
const wordsOf = ({ date, title, occurrence, verification, isOverdue, lanes }, lane) =>
  [...new Set([`${date} · ${isolated(title)}`, occurrence, verification, isOverdue && "no later source", lanes.quad,
    lanes[lane]])].filter(Boolean).join(", ");

// Months between lines of the axis.
const STEPS = [1, 3, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000, 24000, 60000, 120000];
/** Lines of the axis, some 84 pixels apart or more: [day, words]. */
export const ticksOf = (start, end, scale) => {
  const gap = 84 * scale;
  const step = STEPS.find((months) => months * 30 >= gap);
  const months = floor(monthAt(start) / step) * step;
  return range(months, (monthAt(end) - months) / step + 1, step).flatMap((each) => {
    const first = monthStart(each);
    const [year, month] = dateAt(first);
    const name = MONTHS[month - 1].slice(0, 3);
    const others = gap > 7 ? [] : gap > 1 ? [7, 14, 21] : range(1, monthStart(each + 1) - first - 1);
    return [[first, (step < 12 ? `${name} ` : "") + yearWords(year)],
      ...others.map((days) => [first + days, `${days + 1} ${name}`])];
  });
};

// Pixels: an open end's arrow; a mark and the space around it; words for which there has to be room; heights of a row,
// the density and the axis.
const [TAIL, MARK, LABEL, ROW, DENSITY, AXIS] = [56, 22, 250, 28, 48, 22];
/** How strongly a bar of `length` pixels stands: [share of its length, strength], weak where it may not reach. */
export const fadesOf = ({ from, begun, ending, to }, length, scale) => {
  const share = (end, days) => (end === null ? TAIL : max(0, days - 1) / scale) / max(1, length);
  const [rise, fall] = [share(from, (begun ?? from) - from), share(to, to - (ending ?? to))];
  const both = max(1, rise + fall);
  return [[0, rise ? 0.1 : 1], [rise / both, 1], [1 - fall / both, 1], [1, fall ? 0.1 : 1]];
};

/**
 * Events → where they are drawn, in pixels from day 0: in rows, where none overlap, those that one `sees` first, the most
 * important of them before the others, without those that find no place. One stays in the row that `before` has for it
 * if it can; `first` always finds one.
 */
export const arrange = (events, { scale, width, rows, lane, widthOf, before, first, sees }) => {
  const lanes = lanesOf(events, lane, ceil(rows / 3));
  const each = floor(rows / lanes.length);
  const rank = (event) =>
    event.importance + 1e3 * before.has(event.id) + 2e3 * sees(event) + 4e3 * (event.id === first);
  const ranked = events.toSorted((a, b) => rank(b) - rank(a));
  const boxes = ranked.map((event) => boxOf(event, scale, widthOf(event)));
  // Of what is longer than the view, a third of the rows comes at its turn, lest it leave none to what happens in it.
  const long = boxes.filter(({ start, end }) => end - start > width).slice(ceil(rows / 3));
  const placed = [];
  for (const box of [...boxes.filter((one) => !long.includes(one)), ...long]) {
    const { id, lanes: { [lane]: name } } = box.event;
    const isFree = (row) => !placed.some((other) => other.row === row && box.right > other.left && box.left < other.right);
    const lowest = each * max(0, lanes.indexOf(name ?? ""));
    const own = range(lowest, max(1, each - !!lane));
    const row = [before.get(id), ...own].find((one) => own.includes(one) && isFree(one));
    if (row >= 0 || id === first) placed.push(Object.assign(box, { row: row ?? lowest }));
  }
  // The words may take all that is free after them.
  for (const box of placed) {
    const after = placed.filter(({ row, left }) => row === box.row && left > box.left).map(({ left }) => left);
    box.words = min(widthOf(box.event), min(...after) - box.label - 6);
    box.right = max(box.right, box.label + box.words + 6);
  }
  return { placed, lanes: lanes.map((name, place) => [name, (place + 1) * each]) };
};
/** The names of so many lanes at most, from the lowest: of those that have most events, the others together. */
const lanesOf = (events, lane, most) => {
  const named = Map.groupBy(events, ({ lanes }) => lanes[lane] ?? "");
  const names = [...named.keys()].sort((a, b) => named.get(b).length - named.get(a).length || (a < b ? -1 : 1));
  const others = names.splice(names.length > most ? most - 1 : most).length ? ["Others"] : [];
  return [...others, ...names.sort().reverse()];
};
/** An event's bar, from `start` to `end`, its mark and words; all of it lies from `left` to `right`. Pixels from day 0. */
const boxOf = (event, scale, wide) => {
  const { from, begun, ending, to, at } = event;
  const start = from === null ? at / scale - TAIL : from / scale;
  // What goes on reaches as far as can be seen.
  const last = ending === null ? Infinity : max(begun ?? at, ending + 1) / scale + TAIL;
  const end = to === null ? last : to / scale;
  const isBar = end - start > MARK;
  // The mark stands at the end that is known, and the words clear of an arrow.
  const mark = !isBar ? (start + end - MARK) / 2 : from === null && to !== null ? end - MARK : start;
  const label = (to === null && end < Infinity ? end : mark + MARK) + 4 * isBar;
  const right = max(isBar ? end : 0, label + min(LABEL, wide) + 6);
  return { event, start, end, isBar, mark, label, left: min(mark, start), right };
};

/** Counts of a tile as columns, 3 pixels wide at least: [first day, day after, of each quad class]. */
const columnsOf = ({ z, at, density }, scale) => {
  const [unit, columns] = [FINER[z], {}];
  const [first, together] = [tileAt(unit, at), ceil((3 * scale) / daysLong(unit))];
  for (const [offset, , ...quads] of density?.counts ?? []) {
    const start = first + floor(offset / together) * together;
    columns[start] ??= [tileStart(unit, start), tileStart(unit, start + together), 0, 0, 0, 0];
    quads.forEach((number, place) => (columns[start][place + 2] += number));
  }
  return Object.values(columns);
};

/** Spans → the one that holds all of them: [first day, day after the last]; undefined where there is none. */
const hullOf = (spans) =>
  spans[0] && [min(...spans.map(([first]) => first)), max(...spans.map(([, last]) => last))];
/** What events span; those that are open, as far as their dates are known. */
export const boundsOf = (events) =>
  hullOf(events.map(({ at, begun, ending, to }) => [at, to ?? max(begun ?? at, (ending ?? at) + 1)]));
/**
 * What an overview counts → [first day, day after the last]; undefined where nothing. A bucket of dates too imprecise for
 * its unit matters where it holds a hundredth: else a few of the "20th century" would make it a millennium.
 */
export const extentOf = ({ unit, total, buckets, imprecise }) => hullOf(bucketsOf({
  unit, buckets: [...buckets, ...imprecise.filter((each) => each.unit && each.count > total / 100)],
}));
/** The same → [first day, day after, number] of each bucket. */
const bucketsOf = ({ unit, buckets = [] } = {}) => buckets.map(({ start, unit: own = unit, count }) => {
  const tier = UNITS.indexOf(own), [first] = daysOf(start);
  return [first, tileStart(tier, tileAt(tier, first) + 1), count];
});

/** The shape of each quad class says the same as its color. */
const SHAPES = {
  "verbal-cooperation": "M-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0Z",
  "material-cooperation": "M-5.5-5.5h11v11h-11Z",
  "verbal-conflict": "M0-7L7 0L0 7L-7 0Z",
  "material-conflict": "M0-7L7 5H-7Z",
};
const stroke = (ink, path) => ink.stroke(new Path2D(path));
/** A mark around 0: hollow if not known to have occurred, hatched if alleged, half so if disputed, crossed if off. */
const drawMark = (ink, { quad, occurrence, verification, isVague, isOverdue }, colors) => {
  const shape = new Path2D(SHAPES[quad]);
  const hatched = { alleged: -9, disputed: 0 }[verification] ?? 9;
  Object.assign(ink, { fillStyle: colors.paper, strokeStyle: colors[quad], lineWidth: 1.6 });
  ink.fill(shape);
  ink.setLineDash(isVague ? [1.5, 2.5] : []);
  ink.stroke(shape);
  ink.setLineDash([]);
  ink.save();
  ink.clip(shape);
  Object.assign(ink, { fillStyle: colors[quad], lineWidth: 1 });
  if (occurrence === "occurred" && verification !== "retracted") ink.fillRect(-9, -9, hatched + 9, 18);
  for (let x = hatched; hatched < 9 && x < 27; x += 3.5) stroke(ink, `M${x} -9l-18 18`);
  ink.restore();
  ink.strokeStyle = colors.ink;
  if (["cancelled", "postponed"].includes(occurrence)) stroke(ink, "M-7-7L7 7M-7 7L7-7");
  if (isOverdue) stroke(ink, "M-9 0H9");
};
/** What is no single day, as a bar from x to x: faint where it may not reach, with an arrow where it is open. */
const drawBar = (ink, event, start, end, scale, color) => {
  const fill = ink.createLinearGradient(start, 0, end, 0);
  for (const [share, strength] of fadesOf(event, end - start, scale))
    fill.addColorStop(share, color + round(strength * 80).toString(16).padStart(2, 0));
  Object.assign(ink, { fillStyle: fill, strokeStyle: color }).fillRect(start, -9, end - start, 18);
  if (event.from === null) stroke(ink, `M${start + 6} -5l-6 5l6 5m-6-5h20`);
  if (event.to === null) stroke(ink, `M${end - 6} -5l6 5l-6 5m6-5h-20`);
};
/** Columns on a line, the quad classes on top of each other, or all as one; `x` takes days. */
const drawColumns = (ink, columns, x, base, high, colors) => {
  const most = max(...columns.map(([from, to, ...quads]) => quads.reduce((a, b) => a + b) / (to - from)));
  for (const [from, to, ...quads] of columns) {
    let y = base;
    quads.forEach((number, place) => {
      const height = (number / (to - from) / most) * high;
      ink.fillStyle = colors[quads[1] >= 0 ? Object.keys(SHAPES)[place] : "faint"];
      ink.fillRect(x(from), (y -= height), max(1.5, x(to) - x(from) - 0.5), height);
    });
  }
};

// Colors in light and in dark; `--timeline-ink` sets the first.
const COLORS = {
  ink: "#1c1b19, #ebe8e1",
  paper: "#fdfcf9, #1a1a18",
  faint: "#63605a, #a9a59c",
  line: "#dcd8cf, #3a3935",
  accent: "#1f5f8b, #8cc4ec",
  "verbal-cooperation": "#0072b2, #56b4e9",
  "material-cooperation": "#00735b, #2bc49b",
  "verbal-conflict": "#a66300, #f0b84b",
  "material-conflict": "#b8430e, #ff8a5b",
};
const tokens = (value) => Object.keys(COLORS).map((name) => `--dt-${name}: ${value(name)};`).join("");
const STYLE = new CSSStyleSheet();
STYLE.replaceSync(`
:host { ${tokens((name) => `var(--timeline-${name}, light-dark(${COLORS[name]}))`)}
  display: block; color-scheme: light dark; color: var(--dt-ink); background: var(--dt-paper);
  font: 15px/1.35 var(--timeline-serif, Charter, Georgia, serif); font-variant-numeric: tabular-nums;
  overflow-wrap: anywhere; }
@media (forced-colors: active) { :host { ${tokens((name) => ({ paper: "Canvas", line: "GrayText" })[name] ?? "CanvasText")} } }
:host([hidden]), [hidden], :host([list]) canvas { display: none; }
header, span { display: flex; flex-flow: wrap; gap: 0 8px; align-items: center; }
header { padding: 0 8px; }
header, small { font: 13px/1.5 var(--timeline-sans, system-ui, sans-serif); color: var(--dt-faint); }
p { flex: 1 12rem; margin: 8px 0; }
button { font: inherit; color: var(--dt-ink); background: none; }
button, header a { padding: 5px 10px; border: 1px solid var(--dt-line); }
[aria-pressed=true] { color: var(--dt-paper); background: var(--dt-ink); forced-color-adjust: none; }
p:has(+ button:not([hidden])) { color: var(--dt-ink); font-weight: 600; }
:focus-visible { outline: 2px solid var(--dt-accent); outline-offset: -2px; }
div { position: relative; overflow: hidden; direction: ltr; height: var(--timeline-height, 27rem);
  touch-action: pan-y; user-select: none; }
canvas { position: absolute; width: 100%; height: 100%; forced-color-adjust: none; }
div button { position: absolute; left: 0; top: 0; height: ${DENSITY}px; padding: 0; border: 0; text-align: left; }
div [part=event] { height: 26px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
[part=event]:hover, [aria-current=true] { text-decoration: underline; }
:host([list]) div { overflow: auto; }
:host([list]) [part=event] { position: static; display: block; width: 100%; height: auto; white-space: normal;
  padding: 8px; border-bottom: 1px solid var(--dt-line); }
section { padding: 16px 8px; border-top: 1px solid var(--dt-line); max-width: 68ch; }
h2 { font-size: 21px; margin: 4px 0 12px; }
a { color: var(--dt-accent); }`);

/** An element with attributes, listeners among them, and what is in it. */
const make = (tag, attributes, ...content) => {
  const made = document.createElement(tag);
  for (const [names, value] of Object.entries(attributes))
    for (const name of names.split(" "))
      value instanceof Function ? made.addEventListener(name, value) : made.setAttribute(name, value);
  made.append(...content);
  return made;
};
const link = (address, text) => (/^https?:/.test(address) ? make("a", { href: address }, text) : text);
/** What a claim says, from whom, and through whose hands it came. */
const claimItem = ({ stance, source, via, date, locator, note }) => {
  const told = ({ url, publisher, title, published_label }) =>
    [link(url, isolated(publisher?.name ?? title)), published_label ? ` (${published_label})` : ""];
  return make("li", {}, make("b", {}, stance), ": ", ...told(source),
    ...via.flatMap((each) => [", read in ", ...told(each)]),
    make("small", {}, " ", [date?.label, locator, note].filter(Boolean).map(isolated).join("; ")));
};

// What is asked for, as it is called where that fails.
const [IN_VIEW, NEXT, CHOSEN] = ["what is in view", "the next event", "the chosen event"];

export class DiplomaticTimeline extends HTMLElement {
  static observedAttributes = ["src", "from", "to", "lanes", "list", "selected", "page", ...FILTERS];
  #caption = make("p", { part: "caption", role: "status", dir: "ltr" }, "Loading …");
  #retry = make("button", { hidden: "", click: () => (this.#plot.focus(), this.reload()) }, "Try again");
  #listed = make("button", { click: () => this.toggleAttribute("list") }, "List");
  #more = make("a", {}, "Events in view");
  #canvas = make("canvas", { "aria-hidden": true });
  #ink = this.#canvas.getContext("2d");
  #plot = make("div", { part: "plot", role: "group", tabindex: 0, "aria-label": "Timeline",
    wheel: (event) => this.#wheel(event), keydown: (event) => this.#key(event),
    "pointerdown pointermove pointerup pointercancel": (event) => this.#point(event) }, this.#canvas);
  #panel = make("section", { part: "panel", tabindex: -1, "aria-label": "Event", hidden: "", dir: "ltr",
    keydown: ({ key }) => key === "Escape" && this.select(null) });
  #slot = make("slot", {});
  // Wider, it may lack tiles; shown at last, all of them.
  #sizes = new ResizeObserver(() => { this.#redraw(); this.#rest(this.#span ? 150 : 0); });
  #asked = {};
  #held = new Map();
  #buttons = new Map();
  #tiles = new Map();
  #drawn = { tiles: [], placed: [] };
  #run = {};
  #steps = Promise.resolve();
  #span; #overview; #focused; #frame; #timer; #undo; #glide; #tells; #isOld; #hasMoved;

  constructor() {
    super();
    this.attachShadow({ mode: "open" }).adoptedStyleSheets = [STYLE];
    const tool = (words, label, click) => make("button", { "aria-label": label, click }, words);
    this.shadowRoot.append(make("header", { part: "toolbar" }, this.#caption, this.#retry,
      make("span", {}, tool("−", "Zoom out", () => this.zoom(2)), tool("+", "Zoom in", () => this.zoom(0.5)),
        tool("All", "Show all", () => this.showAll()), this.#listed, this.#more)), this.#plot, this.#panel, this.#slot);
  }
  connectedCallback() {
    // What a page set before this script ran hides the properties of the class.
    for (const [name, value] of Object.entries(this)) if (delete this[name]) this[name] = value;
    this.#undo = new AbortController();
    addEventListener("online", () => this.#problem && this.reload(), this.#undo);
    for (const what of ["prefers-color-scheme: dark", "forced-colors: active"])
      matchMedia(`(${what})`).addEventListener("change", () => this.#redraw(), this.#undo);
    this.#sizes.observe(this.#plot);
    this.#choose();
    this.#renew();
  }
  disconnectedCallback() {
    this.#undo.abort();
    this.#forget(...Object.keys(this.#asked));
    this.#sizes.disconnect();
    clearTimeout(this.#timer);
    cancelAnimationFrame(this.#frame);
    this.#undo = this.#frame = this.#timer = undefined;
  }
  attributeChangedCallback(name, before, now) {
    if (before === now || !this.#undo) return;
    if (name === "src" || FILTERS.includes(name)) this.#renew();
    if (name === "selected") this.#choose();
    if (name === "from" || name === "to") {
      this.#span = this.#glide = undefined;
      this.#rest(0);
    }
    this.#redraw();
  }

  /** Ask for everything again. What is drawn stays until there is better. */
  reload() {
    this.#forget(...Object.keys(this.#asked));
    this.#renew();
  }
  /** Show all between two years, months or days. Throws RangeError. */
  showSpan(from, to = from) {
    const span = spanOf(from, to);
    if (!span) throw new RangeError(`"${from}" to "${to}" is no span of years, months or days`);
    this.#show(...span, true);
  }
  showAll() { if (!this.#isBlank) this.#show(...this.#whole, true); }
  /** Show so many times as much, around an x of the window or the middle; nothing before the first answer. */
  zoom(factor, clientX, isSmooth = true) {
    const { width, scale } = this.#now;
    const x = clientX === undefined ? width / 2 : clientX - this.#plot.getBoundingClientRect().left;
    this.#move(x, x, scale * factor, isSmooth);
  }
  select(id) { this.selected = id; }
  /** What is seen, in EDTF. */
  get view() { return { from: edtfOf(this.#now.start), to: edtfOf(ceil(this.#now.end) - 1) }; }

  /** What is seen, in days and pixels; its tier, and the indexes of tiles of half its width to both sides, too. */
  get #now() {
    // So many millennia at most, and with its sides within the years that the API takes: 99,999 before and after.
    const [from, to] = this.#span ?? this.#opening;
    const start = within(from, 2.7e7);
    const end = start + min(to - from, MOST * daysLong(0));
    const width = this.#plot.clientWidth || 1;
    const scale = (end - start) / width;
    const tier = tierOf(scale, width);
    const first = tileAt(tier, 1.5 * start - end / 2);
    const indexes = range(first, tileAt(tier, 1.5 * end - start / 2) - first + 1);
    const sees = ({ at, to }) => at < end && (to ?? end) > start;
    const base = this.#plot.clientHeight - AXIS - DENSITY;
    return { start, end, width, base, scale, tier, indexes, sees, x: (day) => (day - start) / scale };
  }
  /** Whether nothing has come yet. */
  get #isBlank() { return !this.#overview && !this.#tiles.size; }
  get #today() { return daysOf(this.asOf)[1] ?? floor(Date.now() / 864e5); }
  /** All of the time, with room for the words of its last events; a century where nobody knows. */
  get #whole() {
    const { total, span: [first, last] = [this.#today - 36525, this.#today] } = this.#overview ?? {};
    // A single event has as much room before and after it as it is long.
    const room = max(7, (last - first) * (total === 1 ? 1 : 0.04));
    const [start, end] = [first - room, last + room];
    return [start, end + (end - start) * min(0.7, 320 / this.#plot.clientWidth)];
  }
  /** What is shown until somebody moves: what `from` and `to` say; from or to an end of all where there is but one. */
  get #opening() {
    const [[first, after], [before, last]] = [daysOf(this.from), daysOf(this.to)];
    const [start, end] = this.#whole;
    const span = [first ?? min(start, before ?? start), last ?? max(end, after ?? end)];
    return span[0] < span[1] ? span : [start, end];
  }
  /** An address on the server, with parameters and what is filtered. */
  #address(path, parameters, filters = FILTERS) {
    const address = new URL(path, new URL(this.src, document.baseURI));
    for (const name of filters) parameters[name.replace("party-", "").replace("-", "_")] ??= this.getAttribute(name);
    for (const name in parameters) parameters[name] && address.searchParams.set(name, parameters[name]);
    return address.href;
  }
  /**
   * Ask for what is at an address: `keep` takes the answer, and true is returned once it has. What is under way, has come
   * or has failed is not asked for again until something else was, for the same purpose.
   */
  #ask(purpose, where, keep) {
    const [address, before] = [this.#address(...where), this.#asked[purpose]];
    if (before?.address === address) return before.answer;
    before?.abort();
    const asked = (this.#asked[purpose] = Object.assign(new AbortController(), { address }));
    return (asked.answer = this.#fetch(asked, keep));
  }
  /** Give up what was asked for these purposes, or ask for it anew. */
  #forget(...purposes) {
    for (const purpose of purposes) {
      this.#asked[purpose]?.abort();
      delete this.#asked[purpose];
    }
  }
  async #fetch(asked, keep) {
    let json;
    try {
      const answer = await fetch(asked.address, asked);
      json = await answer.json();
      if (!answer.ok) throw json;
    } catch ({ detail }) {
      if (asked.signal.aborted) return;
      asked.problem = detail ?? (navigator.onLine ? "The server cannot be reached." : "You are offline.");
      this.#queue();
      this.#emit("timelineerror", { reason: asked.problem });
      return;
    }
    keep(json);
    return true;
  }
  /** What is not there, and why; empty where all is. */
  get #problem() {
    const failed = Object.entries(this.#asked).filter(([, { problem }]) => problem);
    const reasons = [...new Set(failed.map(([, { problem }]) => problem))].join(" ");
    const before = this.#isOld && this.#tiles.size ? " What is shown came before." : "";
    return reasons && `Cannot load ${failed.map(([purpose]) => purpose).join(" and ")}: ${reasons}${before}`;
  }
  #emit(name, detail) {
    return this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, cancelable: true }));
  }
  /** Show these days at once, or after a fifth of a second for those who do not mind. */
  #show(start, end, isSmooth) {
    const [from, to] = this.#span ?? [start, end];
    const done = performance.now() + (isSmooth && !matchMedia("(prefers-reduced-motion)").matches ? 200 : 0);
    this.#glide = (time) => {
      const rest = max(0, (done - time) / 200) ** 3;
      this.#span = [start + (from - start) * rest, end + (to - end) * rest];
      if (rest) return;
      this.#glide = undefined;
      this.#rest(150);
    };
    this.#glide(performance.now());
    this.#queue();
  }
  /** Show at `x` what is at `held`, at a scale, as far as the record goes, or the view already does. */
  #move(held, x, wanted = 0, isSmooth) {
    if (this.#isBlank) return;
    const { start, end, width, scale: before } = this.#now;
    const [first, last] = [min(start, this.#whole[0]), max(end, this.#whole[1])];
    const scale = max(1 / 160, min(wanted || before, (last - first) / width));
    const from = max(first, min(last - width * scale, start + held * before - x * scale));
    this.#show(from, from + width * scale, isSmooth);
  }

  /** What is drawn is of another question. */
  #renew() {
    this.#isOld = true;
    this.#run = {};
    this.#forget(IN_VIEW);
    this.#rest(0);
  }
  /** Once the view has rested for so many milliseconds, ask for what it lacks. */
  #rest(pause) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#settle(), pause);
  }
  async #settle() {
    // Still moving, it comes to rest later. What nobody can see asks for nothing; seen at last, its size is another.
    if (this.#glide || !this.#plot.clientWidth) return;
    const turn = this.#timer;
    const counted = this.#ask("the number of events", ["timeline/density/", { buckets: 200 }], (answer) => {
      this.#overview = { ...answer, span: extentOf(answer) };
      this.#redraw();
    });
    this.#tell();
    if (!this.#span && !spanOf(this.from, this.to)) await counted;
    if (turn !== this.#timer) return;
    const { tier, indexes } = this.#now;
    const missing = indexes.filter((index) => this.#isOld || !this.#tiles.has(`${tier}/${index}`));
    if (missing.length) {
      const [from, to] = [tileStart(tier, missing[0]), tileStart(tier, missing.at(-1) + 1) - 1].map(edtfOf);
      if (!await this.#ask(IN_VIEW, ["timeline/tiles/", { z: `${tier}`, from, to, k: 40, s: 12 }],
        ({ tiles }) => this.#keep(tiles, tier, indexes))) return;
    }
    const isHere = await counted;
    if (turn !== this.#timer) return;
    if (isHere) {
      // What is drawn once stays until there is better.
      if (!this.#span) this.#render();
      const [events, { total }] = [eventsOf([...this.#tiles.values()]), this.#overview];
      // A few tell what they span themselves: closer than the unit in which they are counted, and where all are open.
      if (total < 100 && events.length === total) this.#overview.span = boundsOf(events);
      // From now on it stays, whatever else is asked. As all of a few are here, coming closer takes no other tiles.
      this.#span ??= this.#opening;
      this.#queue();
    }
    this.#emit("viewchange", this.view);
  }
  #keep(tiles, tier, indexes) {
    if (this.#isOld) {
      this.#tiles.clear();
      this.#isOld = this.#focused = undefined;
    }
    for (const { items, spans, ...tile } of tiles) {
      const id = `${tier}/${tile.index}`;
      const events = [...items, ...spans].map((item) => eventOf(item, this.#today));
      const at = tileStart(tier, tile.index);
      this.#tiles.set(id, { ...tile, id, at, to: tileStart(tier, tile.index + 1), events });
    }
    for (const [key, { z, index }] of this.#tiles)
      if (this.#tiles.size > 72 && !(z === tier && indexes.includes(index))) this.#tiles.delete(key);
    this.#slot.hidden = true;
    this.#redraw();
  }

  #redraw() {
    this.#drawn.key = undefined;
    this.#queue();
  }
  #queue() {
    this.#frame ??= requestAnimationFrame((time) => {
      this.#frame = undefined;
      this.#glide?.(time);
      this.#render();
      if (this.#glide) this.#queue();
    });
  }
  #render() {
    const [now, isList] = [this.#now, this.hasAttribute("list")];
    const { start, scale, width, base, indexes, sees, x } = now;
    const key = `${[scale, indexes[0], width, base]}`;
    if (key !== this.#drawn.key) this.#drawn = { ...this.#arrange(now), key };
    const { periods, placed } = this.#drawn;
    const [origin, before] = [start / scale, this.#buttons];
    this.#buttons = new Map();
    for (const period of isList ? [] : periods) {
      const { at, to, label, total } = period;
      const style = `translate: ${x(at)}px ${base}px; width: ${x(to) - x(at)}px`;
      this.#dress(before, period, "period", `${label}: ${countWords(total)}`, "", style);
    }
    // Words alone, without their mark, would be nobody's.
    const isSeen = ({ event, mark, start: first, end: last }) => event.id === this.#focused?.id ||
      (isList ? sees(event) : max(last, mark + MARK / 2) > origin && first < origin + width);
    // So many buttons that there are never 150 nodes.
    const shown = placed.filter(isSeen).slice(0, 40).sort((a, b) => inOrder(a.event, b.event));
    for (const box of shown) {
      const { event, mark, label, right, row } = box;
      const [words, pad] = [wordsOf(event, this.lanes), label - mark];
      // A long bar keeps its words in view; words that would leave it are cut short.
      box.x = round(max(mark, min(origin, right - box.words - 6 - pad)) - origin);
      box.y = base - (row + 1) * ROW;
      const most = min(pad + box.words, width - box.x);
      const style = `translate: ${box.x}px ${box.y}px; padding-left: ${pad}px; max-width: ${most}px`;
      this.#dress(before, event, "event", words, isList ? words : labelOf(event), isList ? "" : style);
    }
    if (`${[...before.keys()]}` !== `${[...this.#buttons.keys()]}`) {
      const active = this.shadowRoot.activeElement;
      const isHere = this.#plot.contains(active);
      this.#plot.replaceChildren(this.#canvas, ...this.#buttons.values());
      if (isHere) (this.#plot.contains(active) ? active : this.#plot).focus({ preventScroll: true });
    }
    if (!this.#isBlank && !isList) this.#paint(now, shown);
    this.#listed.ariaPressed = isList;
    this.#say(now, shown.length);
  }
  /** The button of an event or a period: the one that it had before, or a new one. */
  #dress(before, item, part, words, text, style) {
    const { id, at, to } = item;
    const button = before.get(id) ?? make("button", { part, tabindex: -1, focus: () => (this.#focused = item),
      // The click that ends a drag means nothing; one by key has no detail.
      click: ({ detail }) => (detail && this.#hasMoved) ||
        (part === "event" ? this.select(id) : this.#show(at, to, true)) });
    if (button.textContent !== text) button.textContent = text;
    if (button.title !== words) button.title = button.ariaLabel = words;
    button.style.cssText = style;
    button.ariaCurrent = id === this.selected;
    this.#buttons.set(id, button);
  }
  /** What is in view, in words, or why it is not; and where all of it is, however many there are. */
  #say({ start, end }, number) {
    const [{ total, query }, problem] = [this.#overview ?? {}, this.#problem];
    const known = this.asOf && `, as known by ${this.asOf}`;
    const told = total ? `${spanWords(start, end)}: ${number} of ${countWords(total)}${known}`
      : `Nothing to show: ${query?.words}`;
    const said = problem || (query && this.#tiles.size ? told : "Loading …");
    this.#more.href = this.#address("/", this.view);
    this.#retry.hidden = !problem;
    if (this.#caption.textContent !== said) this.#caption.textContent = said;
  }
  /** What to draw where: of the tiles of the view or, until all are here, of those that were drawn before. */
  #arrange({ scale, width, tier, indexes, base, sees }) {
    const here = indexes.map((index) => this.#tiles.get(`${tier}/${index}`));
    const tiles = here.every(Boolean) ? here : this.#drawn.tiles;
    const [style, colors] = [getComputedStyle(this.#canvas), {}];
    for (const name in COLORS) {
      // A canvas takes no variable: what it makes of it as its own color is one that it takes.
      this.#canvas.style.color = `var(--dt-${name})`;
      this.#ink.fillStyle = style.color;
      colors[name] = this.#ink.fillStyle;
    }
    this.#ink.font = `${style.fontSize} ${style.fontFamily}`;
    // The focused one is among them even if only a list had it.
    const events = eventsOf([{ events: this.#focused?.title ? [this.#focused] : [] }, ...tiles]).sort(inOrder);
    const periods = tiles.filter(({ total }) => total);
    // Where tiles are not here, or not counted, the overview tells. What is wider than the view tells nothing of it.
    const columns = (tiles[0]?.density ? tiles.flatMap((tile) => columnsOf(tile, scale)) : bucketsOf(this.#overview))
      .filter(([from, to]) => to - from < width * scale);
    return { tiles, periods, columns, colors, events, ...arrange(events, {
      scale, width, sees, rows: this.hasAttribute("list") ? 120 : max(1, floor(base / ROW)), lane: this.lanes,
      first: this.#focused?.id ?? this.selected,
      before: new Map(this.#drawn.placed.map(({ event, row }) => [event.id, row])),
      widthOf: (event) => (event.width ??= this.#ink.measureText(labelOf(event)).width + 8),
    }) };
  }
  #paint({ start, end, scale, width, base, x }, shown) {
    const [ink, ratio, bottom, { colors, columns, lanes }] = [this.#ink, devicePixelRatio, base + DENSITY, this.#drawn];
    [this.#canvas.width, this.#canvas.height] = [round(width * ratio), round((bottom + AXIS) * ratio)];
    const from = (left, top) => ink.setTransform(ratio, 0, 0, ratio, left * ratio, top * ratio);
    const line = (left, top, path, words) => {
      from(left, top);
      stroke(ink, path);
      ink.fillText(words, 4, 14);
    };
    Object.assign(ink, { font: "13px system-ui", fillStyle: colors.faint, strokeStyle: colors.line });
    for (const [day, words] of ticksOf(start, end, scale)) {
      const left = round(x(day)) + 0.5;
      // A year that is cut at the edge would be another.
      line(left, bottom + 2, "M0 3V-999", left < -4 || left + ink.measureText(words).width > width - 4 ? "" : words);
    }
    for (const [name, row] of lanes) if (name) line(0, base - row * ROW, `M0 0H${width}`, name);
    line(0, bottom + 0.5, `M0 0H${width}`, "");
    from(0, 0);
    drawColumns(ink, columns, x, bottom, DENSITY - 8, colors);
    for (const { event, start: first, end: last, x: left, y, isBar } of shown) {
      ink.globalAlpha = event.verification === "retracted" ? 0.4 : 1;
      from(0, y + 13);
      if (isBar) drawBar(ink, event, first + x(0), min(width, last + x(0)), scale, colors[event.quad]);
      from(left + MARK / 2, y + 13);
      drawMark(ink, event, colors);
    }
  }

  /** What is held stays under the mouse, or a finger; two of them zoom. */
  #point({ type, button, pointerId, clientX }) {
    const held = this.#held;
    if (type === "pointerdown") {
      if (!button) held.set(pointerId, clientX);
      this.#hasMoved = held.size > 1;
    } else if (type !== "pointermove") held.delete(pointerId);
    else if (held.has(pointerId) && (this.#hasMoved || abs(clientX - held.get(pointerId)) > 4)) {
      const edge = this.#plot.getBoundingClientRect().left;
      const ends = () => [min(...held.values()) - edge, max(...held.values()) - edge];
      const [left, right] = ends();
      held.set(pointerId, clientX);
      const [newLeft, newRight] = ends();
      this.#hasMoved = true;
      this.#plot.setPointerCapture(pointerId);
      this.#move(left, newLeft, (this.#now.scale * max(20, right - left)) / max(20, newRight - newLeft));
    }
  }
  /** The wheel scrolls the page, unless Ctrl or ⌘ is held or the focus is here; sideways it pans. */
  #wheel(event) {
    const { deltaX, deltaY, ctrlKey, metaKey, clientX } = event;
    const isSideways = abs(deltaX) > abs(deltaY);
    if (!isSideways && !ctrlKey && !metaKey && !this.shadowRoot.activeElement) return;
    event.preventDefault();
    if (isSideways) this.#move(deltaX, 0);
    else this.zoom(1.003 ** deltaY, clientX, false);
  }
  #key(event) {
    // One after the other: a key that is held down would else ask for the same page of the list again and again.
    const step = (by) => (this.#steps = this.#steps.finally(() => this.#step(by)));
    const period = (by) => this.#focus(this.#after(this.#drawn.periods, by));
    const pan = (views) => this.#move(views * this.#now.width, 0, 0, true);
    const act = {
      "+": () => this.zoom(0.5), "-": () => this.zoom(2),
      Home: () => pan(-1e9), End: () => pan(1e9), PageUp: () => pan(-1), PageDown: () => pan(1),
      ArrowLeft: () => step(-1), ArrowRight: () => step(1),
      ArrowUp: () => period(-1), ArrowDown: () => period(1),
    }[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  }
  /** The one of these that follows on the focused one, by 1 or -1; where that is out of view, the first in view. */
  #after(items, by) {
    const { sees } = this.#now;
    const ahead = by < 0 ? items.toReversed() : items;
    const place = ahead.findIndex(({ id }) => id === this.#focused?.id);
    return place >= 0 && sees(ahead[place]) ? ahead[place + 1] : ahead.find(sees);
  }
  /** Bring an event or a period into view, and the focus to it. */
  #focus(item) {
    if (!item) return;
    const { start, end, sees } = this.#now;
    const half = (end - start) / 2;
    if (!sees(item)) this.#show(item.at - half, item.at + half);
    this.#focused = item;
    this.#drawn.key = undefined;
    this.#render();
    this.#buttons.get(item.id)?.focus({ preventScroll: true });
  }
  /** To the event before or after the focused one, or the edge of the view: by the API, unless all are here. */
  async #step(by) {
    const { events } = this.#drawn;
    if (events.length === this.#overview?.total) return this.#focus(this.#after(events, by));
    const { start, end, sees } = this.#now;
    const after = this.#focused?.title && sees(this.#focused) ? this.#focused.id : "";
    const go = ([event, ...rest]) => {
      this.#run = { by, after: event.id, rest };
      this.#focus(event);
    };
    const { rest = [], ...run } = this.#run;
    if (run.by === by && run.after === after && rest.length) return go(rest);
    const edge = edtfOf(by < 0 ? end : start);
    // What has no beginning comes before all that has one.
    const outside = by < 0 ? { to: edge } : start > this.#whole[0] ? { from: edge, match: "within" } : {};
    await this.#ask(NEXT, ["events/", {
      ...(after ? { after } : outside), ordering: by < 0 ? "-date" : "date", page_size: 200,
      fields: "id,title,occurrence,verification,importance,date,kind,participants",
    }], ({ results }) => {
      if (!results.length) return;
      this.#forget(NEXT);
      // Whoever has left in the meantime is not called back.
      if (this.#plot.matches(":focus-within")) go(results.map((event) => eventOf(itemOf(event), this.#today)));
    });
  }

  /** Say that an event was chosen; a page may tell of it itself. */
  #choose() {
    const id = this.selected;
    if (this.#panel.matches(":focus-within")) (this.#buttons.get(this.#focused?.id) ?? this.#plot).focus();
    this.#panel.hidden = true;
    this.#forget(CHOSEN);
    this.#tells = id && this.#emit("eventselect", { id });
    this.#tell();
  }
  /** Tell what is known of the chosen event, from whom, and how it reached them. */
  async #tell() {
    const id = this.selected;
    const name = encodeURIComponent(id);
    const where = [`events/${name}/`, {}, ["as-of", "snapshot"]];
    const isHere = this.#tells && await this.#ask(CHOSEN, where, (event) => this.#panel.replaceChildren(
      make("small", {}, `${event.date.label} · ${event.kind.label}`), make("h2", { dir: "auto" }, event.title),
      make("p", { dir: "auto" }, event.summary), make("p", {}, event.status_words),
      make("ul", {}, ...event.claims.map(claimItem)),
      link(this.#address((this.page || "/events/{id}/").replace("{id}", name), {}, []), "All that is known of it"), " ",
      make("button", { click: () => this.select(null) }, "Close")));
    if (id !== this.selected || isHere === !this.#panel.hidden) return;
    this.#panel.hidden = !isHere;
    // The focus goes with whoever chose it here, and stays where it is for others.
    if (isHere && this.shadowRoot.activeElement) this.#panel.focus();
  }
}

// Every attribute is a property, too: `timeline.asOf = "2018-06-01"`.
for (const name of DiplomaticTimeline.observedAttributes)
  Object.defineProperty(DiplomaticTimeline.prototype, name.replace(/-(.)/g, (_, letter) => letter.toUpperCase()), {
    get() { return this.getAttribute(name) ?? ""; },
    set(value) { value ? this.setAttribute(name, value) : this.removeAttribute(name); },
  });
customElements.get("diplomatic-timeline") ?? customElements.define("diplomatic-timeline", DiplomaticTimeline);
