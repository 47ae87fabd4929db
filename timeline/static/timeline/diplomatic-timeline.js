/**
 * <diplomatic-timeline>: a record's events on an axis of time, at any zoom. Its use and its design: docs/element.md
 * Days count from 1970-01-01, proleptic Gregorian, never in a Date; months from January of year 0, which is 1 BCE.
 */

/** The API's filters as attributes: `_` is written `-`, and `role`, which is HTML's own, `party-role`. */
const FILTERS = `country between leader organization party-role kind category quad occurrence verification precision
  source publisher origins-min place bbox q as-of snapshot`.split(/\s+/);
const MONTHS = "January February March April May June July August September October November December".split(" ");
const QUADS = ["verbal-cooperation", "material-cooperation", "verbal-conflict", "material-conflict"];
const { abs, ceil, floor, max, min, round } = Math;
const range = (first, length, step = 1) => Array.from({ length: max(0, length) }, (_, place) => first + place * step);

/** A month's first day: years begin in March here, so that their leap day is their last. */
export const monthStart = (months) => {
  const year = floor((months - 2) / 12);
  const leaps = floor(year / 4) - floor(year / 100) + floor(year / 400);
  return 365 * year + leaps + floor((153 * (months - 2 - 12 * year) + 2) / 5) - 719468;
};
const monthAt = (day) => {
  const about = floor((day + 719528) / 30.436875);
  return [about + 1, about, about - 1].find((months) => monthStart(months) <= day);
};
/** [year, month, day] of a day. */
export const dateAt = (day) => {
  const months = monthAt(day);
  const year = floor(months / 12);
  return [year, months - 12 * year + 1, floor(day) - monthStart(months) + 1];
};
/** "1966", "1973-10", "2018-05-30", "-000043-03-15", "Y12000" → its first day and the day after it; else []. */
export const daysOf = (text) => {
  const [found, year, month, day] = /^Y?([+-]?\d{4,7})(?:-(\d\d)(?:-(\d\d))?)?(?:T|$)/.exec(text) ?? [];
  if (!found) return [];
  const months = year * 12 + +(month ?? 1) - 1;
  const first = monthStart(months) + +(day ?? 1) - 1;
  return [first, day ? first + 1 : monthStart(months + (month ? 1 : 12))];
};
/** A day as EDTF, which has days only in years of four digits: beyond, its year. */
const edtfOf = (day) => {
  const [year, ...rest] = dateAt(day);
  if (abs(year) > 9999) return `Y${year}`;
  const parts = [abs(year), ...rest].map((part, place) => `${part}`.padStart(place ? 2 : 4, 0));
  return (year < 0 ? "-" : "") + parts.join("-");
};

const countWords = (number) =>
  `${number} event${number === 1 ? "" : "s"}`.replace(/\B(?=(\d{3})+ )/g, "\u202f");
const yearWords = (year) => (year < 1 ? `${1 - year} BCE` : `${year}`);
/** "1966 to 2018", "30 May 2018 to 12 June 2018": from a day until before another. */
const spanWords = (start, end) => {
  const words = [start, ceil(end) - 1].map((each) => {
    const [year, month, day] = dateAt(each);
    return (end - start > 1500 ? "" : `${day} ${MONTHS[month - 1]} `) + yearWords(year);
  });
  return [...new Set(words)].join(" to ");
};

/** Months of the tiers, millennium to month, and of a day; the tier by which each counts its events. */
const LENGTHS = [12000, 1200, 120, 12, 1, 1 / 30.436875];
const FINER = [2, 3, 4, 5, 5];
const daysLong = (tier) => LENGTHS[tier] * 30.436875;
export const tileStart = (tier, index) => (tier > 4 ? index : monthStart(index * LENGTHS[tier]));
export const tileAt = (tier, day) => floor(tier > 4 ? day : monthAt(day) / LENGTHS[tier]);
/** The coarsest tier whose tiles are 900 pixels wide at most, and few enough to be asked for at once. */
export const tierOf = (scale, width) => {
  let tier = 0;
  while (tier < 4 && daysLong(tier) > 900 * scale) tier += 1;
  while (tier && width * scale > 15 * daysLong(tier)) tier -= 1;
  return tier;
};

/** Item of a tile → event: it began between `from` and `begun`, ended between `ending` and `to`; null where open. */
const eventOf = ({ date, ...item }) => {
  const day = (name, which) => daysOf(date[name])[which] ?? null;
  const [from, begun] = [day("earliest_start", 0), day("latest_start", 1)];
  const [ending, to] = [day("earliest_end", 0), day("latest_end", 1)];
  const isVague = date.approximate || date.uncertain;
  const isMoment = from === ending && begun === to;
  return { ...item, date: date.label, from, begun, ending, to, isVague, isMoment, at: from ?? (begun ?? to ?? 1) - 1 };
};
const inOrder = (a, b) => a.at - b.at || (a.id < b.id ? -1 : 1);
/** Planned, its date past, and no later source to say what came of it. */
const isOverdue = ({ occurrence, to }, today) => occurrence === "planned" && to !== null && to <= today;
/** Text that keeps its direction to itself. */
const isolated = (text) => `\u2068${text}\u2069`;
/** What stands beside a mark: a day shows by its place, and so do the bounds of what takes longer to say. */
const labelOf = ({ from, to, date, title }) =>
  (to - from === 1 || date.length > 16 ? "" : `${date} · `) + isolated(title);
/** All that is drawn, in words: never whether it occurred without how well that is borne out. */
const wordsOf = (event, lane, today) => {
  const { date, title, occurrence, verification, lanes } = event;
  const late = isOverdue(event, today) && "no later source";
  const words = new Set([`${date} · ${isolated(title)}`, occurrence, verification, late, lanes.quad, lanes[lane]]);
  return [...words].filter(Boolean).join(", ");
};

/** Lines of the axis, some 84 pixels apart or more: [day, words]. */
export const ticksOf = (start, end, scale) => {
  const gap = 84 * scale;
  const days = gap > 7 ? 31 : gap > 1 ? 7 : 1;
  // Months: 1, 3, 12, 24, 60, 120, 240, 600 …
  let step = 1;
  for (let n = 0; step * 30 < gap && days > 7; n += 1) step *= n < 2 ? 3 + n : n % 3 ? 2 : 2.5;
  const months = floor(monthAt(start) / step) * step;
  return range(months, (monthAt(end) - months) / step + 1, step).flatMap((each) => {
    const first = monthStart(each);
    const [year, month] = dateAt(first);
    const name = MONTHS[month - 1].slice(0, 3);
    const words = [step < 12 && name, (month === 1 || days < 31) && yearWords(year)].filter(Boolean).join(" ");
    const last = days === 7 ? 25 : monthStart(each + 1) - first;
    const others = range(first + days, ceil(last / days - 1), days);
    return [[first, words], ...others.map((day) => [day, `${day - first + 1} ${name}`])];
  });
};

/** Pixels: an open end's arrow; a mark and the space around it; heights of a row, the density and the axis. */
const [TAIL, MARK, ROW, DENSITY, AXIS] = [56, 22, 28, 48, 22];
/** [left, right] of an event in pixels from day 0: what goes on reaches as far as can be seen. */
const reachOf = ({ from, begun, ending, to, at }, scale) => [
  from === null ? at / scale - TAIL : from / scale,
  to !== null ? to / scale : ending === null ? Infinity : max(begun ?? at, ending + 1) / scale + TAIL,
];
/** How strongly a bar of `length` pixels stands: [share of its length, strength], weak where it may not reach. */
export const fadesOf = ({ from, begun, ending, to, isMoment }, length, scale) => {
  if (isMoment && from !== null && to !== null) return [[0, 0.1], [0.35, 1], [0.65, 1], [1, 0.1]];
  const share = (end, days) => min(1, (end === null ? TAIL : max(0, days - 1) / scale) / length);
  const [rise, fall] = [share(from, (begun ?? from) - from), share(to, to - (ending ?? to))];
  return [[0, rise ? 0.1 : 1], [min(rise, 1 - fall), 1], [max(rise, 1 - fall), 1], [1, fall ? 0.1 : 1]];
};

/**
 * Events, by date → where they are drawn: in rows, where none overlap, the most important first, without those that
 * find no place. An event stays in the row that `before` has for it where it can; `first` always finds one.
 */
export const arrange = (events, { scale, rows, lane, widthOf, before, first }) => {
  const nameOf = ({ lanes }) => lanes[lane] ?? "";
  const names = [...new Set(events.map(nameOf))].sort();
  const lanes = names.slice(0, ceil(rows / 3));
  if (lanes.length < names.length) lanes.splice(-1, 1, "Others");
  const each = floor(rows / lanes.length);
  const rank = ({ id, importance }) => importance + 1000 * before.has(id) + 2000 * (id === first);
  const placed = [];
  for (const event of [...events].sort((a, b) => rank(b) - rank(a))) {
    const [from, to] = reachOf(event, scale);
    const isBar = to - from > MARK;
    // The mark stands at the end that is known, and the words clear of an arrow.
    const isLate = event.from === null && event.to !== null;
    const left = isLate ? to - MARK : isBar ? from : (from + to - MARK) / 2;
    const label = event.to === null && to < Infinity ? to : left + MARK;
    const right = max(isBar ? to : 0, label + widthOf(event) + 6);
    const lowest = each * (lanes.indexOf(nameOf(event)) + 1 || lanes.length) - each;
    const isFree = (row) => !placed.some((other) =>
      other.row === row && right > min(other.left, other.from) && min(left, from) < other.right);
    const own = range(lowest, max(1, each - !!lane));
    const row = [before.get(event.id), ...own].find((row) => own.includes(row) && isFree(row));
    if (row >= 0 || event.id === first) placed.push({ event, row: row ?? lowest, from, to, isBar, left, label, right });
  }
  return { placed, lanes: lanes.map((name, place) => [name, (place + 1) * each]) };
};

/** Counts of a tile between two days as columns, 3 pixels wide at least: [first day, day after, of each quad class]. */
const columnsOf = ({ z, index, density }, start, end, scale) => {
  const unit = FINER[z];
  const together = ceil((3 * scale) / daysLong(unit));
  const columns = {};
  for (const [offset, , ...quads] of density?.counts ?? []) {
    const first = tileAt(unit, tileStart(z, index)) + floor(offset / together) * together;
    const [from, to] = [max(start, tileStart(unit, first)), min(end, tileStart(unit, first + together))];
    const [, , ...sums] = columns[first] ?? [from, to, 0, 0, 0, 0];
    if (from < to) columns[first] = [from, to, ...sums.map((sum, place) => sum + quads[place])];
  }
  return Object.values(columns);
};

/** The shape of each quad class says the same as its color. */
const SHAPES = ["M-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0Z", "M-5.5-5.5h11v11h-11Z", "M0-7L7 0L0 7L-7 0Z", "M0-7L7 5H-7Z"];
const stroke = (ink, path) => ink.stroke(new Path2D(path));
/** A shape from one x to another: hollow if not known to have occurred, hatched if alleged, half so if disputed. */
const drawShape = (ink, { occurrence, verification, isVague }, path, left, right, fill, line) => {
  const hatched = { alleged: left, disputed: (left + right) / 2 }[verification] ?? right;
  ink.save();
  ink.fillStyle = fill;
  ink.strokeStyle = line;
  ink.lineWidth = 1.6;
  ink.setLineDash(isVague ? [1.5, 2.5] : []);
  stroke(ink, path);
  ink.clip(new Path2D(path));
  if (occurrence === "occurred" && verification !== "retracted") ink.fillRect(left, -9, hatched - left, 18);
  ink.setLineDash([]);
  ink.lineWidth = 1;
  for (let x = hatched; hatched < right && x < right + 18; x += 3.5) stroke(ink, `M${x} -9l-18 18`);
  ink.restore();
};
const drawMark = (ink, event, colors, today) => {
  const [color, path] = [colors[event.quad], SHAPES[QUADS.indexOf(event.quad)]];
  ink.fillStyle = colors.paper;
  ink.fill(new Path2D(path));
  drawShape(ink, event, path, -9, 9, color, color);
  ink.strokeStyle = colors.ink;
  if (["cancelled", "postponed"].includes(event.occurrence)) stroke(ink, "M-7-7L7 7M-7 7L7-7");
  if (isOverdue(event, today)) stroke(ink, "M-10 0H10");
};
/** What is no single day, as a bar from x to x that fades where it may not reach. */
const drawBar = (ink, event, start, end, width, scale, color) => {
  const [left, right] = [max(-9, start), min(width + 9, end)];
  const faded = (strength) => {
    const gradient = ink.createLinearGradient(start, 0, end, 0);
    for (const [share, alpha] of fadesOf(event, end - start, scale))
      gradient.addColorStop(share, color + round(strength * alpha * 255).toString(16).padStart(2, 0));
    return gradient;
  };
  if (left < right) drawShape(ink, event, `M${left} -9H${right}V9H${left}Z`, left, right, faded(0.2), faded(0.8));
  ink.strokeStyle = color;
  if (event.from === null) stroke(ink, `M${start + 6} -5l-6 5l6 5m-6-5h20`);
  if (event.to === null) stroke(ink, `M${end - 6} -5l6 5l-6 5m6-5h-20`);
};
/** Columns on a line, the quad classes on top of each other; `x` takes days. */
const drawColumns = (ink, columns, x, base, high, colors) => {
  const highest = (most, [from, to, ...quads]) => max(most, quads.reduce((a, b) => a + b) / (to - from));
  const per = high / columns.reduce(highest, 0);
  for (const [from, to, ...quads] of columns) {
    let y = base;
    quads.forEach((number, place) => {
      const height = (number / (to - from)) * per;
      ink.fillStyle = colors[QUADS[place]];
      ink.fillRect(x(from), (y -= height), max(1.5, x(to) - x(from) - 0.5), height);
    });
  }
};

/** Colors in light and in dark; `--timeline-ink` sets the first. */
const COLORS = {
  ink: ["#1c1b19", "#ebe8e1"],
  paper: ["#fdfcf9", "#1a1a18"],
  faint: ["#63605a", "#a9a59c"],
  line: ["#dcd8cf", "#3a3935"],
  accent: ["#1f5f8b", "#8cc4ec"],
  [QUADS[0]]: ["#0072b2", "#56b4e9"],
  [QUADS[1]]: ["#00735b", "#2bc49b"],
  [QUADS[2]]: ["#a66300", "#f0b84b"],
  [QUADS[3]]: ["#b8430e", "#ff8a5b"],
};
const tokens = (value) =>
  Object.entries(COLORS).map(([name, each]) => `--dt-${name}: ${value(name, ...each)};`).join("");
for (const name of Object.keys(COLORS))
  try {
    // Else a canvas would be given "light-dark(…)" instead of a color.
    CSS.registerProperty({ name: `--dt-${name}`, syntax: "<color>", inherits: true, initialValue: "gray" });
  } catch {
    // Another copy of this module has.
  }
const STYLE = `
:host { ${tokens((name, light, dark) => `var(--timeline-${name}, light-dark(${light}, ${dark}))`)}
  display: block; color-scheme: light dark; color: var(--dt-ink); background: var(--dt-paper);
  font: 15px/1.25 var(--timeline-serif, Charter, Georgia, serif); font-variant-numeric: tabular-nums; }
@media (forced-colors: active) { :host { ${tokens((name) => (name === "paper" ? "Canvas" : "CanvasText"))} } }
:host([hidden]), [hidden], header a:not([href]), :host([list]) :is(canvas, [part=period]) { display: none; }
header { display: flex; flex-flow: wrap; gap: 0 8px; align-items: center; padding: 0 8px; }
header, small { font: 13px/1.5 var(--timeline-sans, system-ui, sans-serif); color: var(--dt-faint); }
p { flex: 1 20rem; margin: 8px 0; }
button { font: inherit; color: var(--dt-ink); background: none; border: 0; padding: 0; text-align: start; }
:is(header, section) button, header a { min-width: 32px; padding: 5px 10px; border: 1px solid var(--dt-line); }
:focus-visible { outline: 2px solid var(--dt-accent); outline-offset: -2px; }
div { position: relative; overflow: hidden; direction: ltr; height: var(--timeline-height, 27rem);
  touch-action: pan-y; user-select: none; }
canvas { position: absolute; width: 100%; height: 100%; }
div button { position: absolute; left: 0; top: 0; height: ${DENSITY}px; }
div [part=event] { height: 26px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap;
  unicode-bidi: isolate; }
[part=event]:hover, [aria-current=true] { text-decoration: underline; }
:host([list]) div { overflow: auto; }
:host([list]) [part=event] { position: static; display: block; height: auto; white-space: normal; padding: 6px 8px; }
section { padding: 16px 8px; border-top: 1px solid var(--dt-line); max-width: 68ch; line-height: 1.5;
  overflow-wrap: anywhere; }
h2 { font: inherit; font-size: 21px; margin: 0; }
ul { padding: 0; list-style: none; }
a { color: var(--dt-accent); }`;

/** An element with attributes, listeners among them, and what is in it. */
const make = (tag, attributes, ...content) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes))
    value instanceof Function ? made.addEventListener(name, value) : made.setAttribute(name, value);
  made.append(...content);
  return made;
};
const link = (address, text) => (/^https?:/.test(address) ? make("a", { href: address }, text) : text);
/** What a claim says, from whom, and through whose hands it came. */
const claimItem = ({ stance, source, via, date, locator, note }) => {
  const told = ({ url, publisher, title, published_label }) =>
    [link(url, isolated(publisher?.name ?? title)), published_label ? ` (${published_label})` : ""];
  const aside = [date?.label, locator, note].filter(Boolean).map(isolated).join("; ");
  const through = via.flatMap((each) => [", read in ", ...told(each)]);
  return make("li", {}, make("b", {}, stance), ": ", ...told(source), ...through, make("small", {}, ` ${aside}`));
};

export class DiplomaticTimeline extends HTMLElement {
  static observedAttributes = ["src", "from", "to", "lanes", "list", "selected", "page", ...FILTERS];
  #caption = make("p", { part: "caption", role: "status", dir: "ltr" }, "Loading …");
  #retry = make("button", { hidden: "", click: () => this.reload() }, "Try again");
  #listed = make("button", { click: () => this.toggleAttribute("list") }, "List");
  #more = make("a", {}, "Events in view");
  #canvas = make("canvas", { "aria-hidden": true });
  #ink = this.#canvas.getContext("2d");
  #plot = make("div", { part: "plot", role: "group", tabindex: 0, "aria-label": "Timeline" }, this.#canvas);
  #panel = make("section", { part: "panel", tabindex: -1, "aria-label": "Event", hidden: "" });
  #slot = make("slot", {});
  #buttons = new Map();
  #tiles = new Map();
  #pointers = new Map();
  #asked = {};
  #colors = {};
  #pieces = [];
  #periods = [];
  #known = [];
  #placed = [];
  #sizes = new ResizeObserver(() => this.#redraw());
  #lanes; #columns; #span; #overview; #drawn; #focused; #frame; #timer; #undo; #glide; #isOld; #hasMoved;

  constructor() {
    super();
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    this.attachShadow({ mode: "open" }).adoptedStyleSheets = [sheet];
    const tool = (words, label, click) => make("button", { "aria-label": label, click }, words);
    this.shadowRoot.append(make("header", { part: "toolbar" }, this.#caption, this.#retry,
      tool("−", "Zoom out", () => this.zoom(2)), tool("+", "Zoom in", () => this.zoom(0.5)),
      tool("All", "Show all", () => this.showAll()), this.#listed, this.#more), this.#plot, this.#panel, this.#slot);
  }
  connectedCallback() {
    this.#undo = new AbortController();
    const on = (target, names, act) => {
      for (const name of names.split(" ")) target.addEventListener(name, act, this.#undo);
    };
    on(this.#plot, "pointerdown pointermove pointerup pointercancel", (event) => this.#point(event));
    on(this.#plot, "wheel", (event) => this.#wheel(event));
    on(this.#plot, "keydown", (event) => this.#key(event));
    on(this.#panel, "keydown", ({ key }) => key === "Escape" && this.select(null));
    on(window, "online", () => this.#retry.hidden || this.reload());
    for (const what of ["prefers-color-scheme: dark", "forced-colors: active"])
      on(matchMedia(`(${what})`), "change", () => this.#redraw());
    this.#sizes.observe(this.#plot);
    this.reload();
    this.#tell();
  }
  disconnectedCallback() {
    for (const request of [this.#undo, ...Object.values(this.#asked)]) request.abort();
    this.#sizes.disconnect();
    clearTimeout(this.#timer);
    cancelAnimationFrame(this.#frame);
    this.#undo = this.#frame = this.#isOld = undefined;
  }
  attributeChangedCallback(name, before, now) {
    if (before === now || !this.#undo) return;
    if (name === "selected") this.#tell();
    else if (name === "from" || name === "to") this.#showOpening();
    else if (name === "src" || FILTERS.includes(name)) this.reload();
    else this.#redraw();
  }

  /** Start anew: with other filters, at another moment, after a failure. What is drawn stays until there is better. */
  reload() {
    // The last of several at once counts.
    const last = (this.#isOld = {});
    queueMicrotask(() => last === this.#isOld && this.#open());
  }
  /** Show all between two years, months or days. Throws RangeError. */
  showSpan(from, to = from) {
    const [start, end] = [daysOf(from)[0], daysOf(to)[1]];
    if (!(start < end)) throw new RangeError(`"${from}" to "${to}" is no span of years, months or days`);
    this.#show(start, end, true);
  }
  showAll() {
    if (this.#overview) this.#show(...this.#whole, true);
  }
  /** Show so many times as much, around an x of the window or the middle; nothing before the first answer. */
  zoom(factor, clientX, isSmooth = true) {
    if (!this.#overview) return;
    const { start, width, scale } = this.#now;
    const place = clientX === undefined ? width / 2 : clientX - this.#plot.getBoundingClientRect().left;
    const [first, last] = this.#whole;
    const wanted = max(1 / 160, min(scale * factor, (1.5 * (last - first)) / width));
    const from = start + place * (scale - wanted);
    this.#show(from, from + width * wanted, isSmooth);
  }
  select(id) {
    this.selected = id;
  }
  /** What is seen, in EDTF. */
  get view() {
    return { from: edtfOf(this.#now.start), to: edtfOf(ceil(this.#now.end) - 1) };
  }

  /** What is seen, in days and pixels; the tier and indexes of its tiles, half its width to both sides included. */
  get #now() {
    const [start, end] = this.#span ?? this.#whole;
    const { clientWidth, clientHeight } = this.#plot;
    const width = clientWidth || 1;
    const scale = (end - start) / width;
    const tier = tierOf(scale, width);
    const first = tileAt(tier, 1.5 * start - end / 2);
    const indexes = range(first, tileAt(tier, 1.5 * end - start / 2) - first + 1);
    const base = clientHeight - AXIS - DENSITY;
    return { start, end, width, base, scale, tier, indexes, x: (day) => (day - start) / scale };
  }
  get #today() {
    return daysOf(this.asOf)[1] ?? floor(Date.now() / 864e5);
  }
  /** All of the time, with room for the words of its last events. */
  get #whole() {
    const { from, to } = this.#overview?.extent ?? {};
    const [start, end] = [daysOf(from)[0] ?? this.#today - 365, daysOf(to)[1] ?? this.#today];
    const room = max(2, (end - start) * 0.04);
    return [start - room, end + room + (end - start) * min(0.7, 240 / (this.#plot.clientWidth || 1))];
  }

  /** An address on the server, with parameters and what is filtered. */
  #address(path, parameters, filters = FILTERS) {
    const address = new URL(path, new URL(this.src, document.baseURI));
    for (const name of filters) parameters[name.replace("party-", "").replace("-", "_")] = this.getAttribute(name);
    for (const name in parameters) parameters[name] && address.searchParams.set(name, parameters[name]);
    return address;
  }
  /** The JSON of an address; undefined where it failed, or was asked for again for the same purpose. */
  async #ask(purpose, ...where) {
    this.#asked[purpose]?.abort();
    const { signal } = (this.#asked[purpose] = new AbortController());
    try {
      const answer = await fetch(this.#address(...where), { signal });
      const json = await answer.json();
      if (answer.ok) return json;
      throw json;
    } catch ({ detail }) {
      if (signal.aborted) return;
      this.#retry.hidden = false;
      const reason = detail ?? (navigator.onLine ? "The server cannot be reached." : "You are offline.");
      this.#caption.textContent = reason;
      this.#emit("timelineerror", { reason });
    }
  }
  #emit(name, detail) {
    return this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, cancelable: true }));
  }
  async #open() {
    this.#retry.hidden = true;
    this.#showOpening();
    const overview = await this.#ask("overview", "timeline/density/", { buckets: 200 });
    if (!overview) return;
    this.#overview = overview;
    if (!this.#span) this.#show(...this.#whole);
    this.#redraw();
  }
  #showOpening() {
    const [start, end] = [daysOf(this.from || this.to)[0], daysOf(this.to || this.from)[1]];
    if (start < end) this.#show(start, end);
    else if (this.#span) this.#show(...this.#span);
  }
  /** Show these days at once, or after a fifth of a second for those who do not mind. */
  #show(start, end, isSmooth) {
    const [from, to] = this.#span ?? [start, end];
    const done = performance.now() + (isSmooth && !matchMedia("(prefers-reduced-motion)").matches ? 200 : 0);
    this.#glide = (time) => {
      const rest = max(0, min(1, (done - time) / 200)) ** 3;
      this.#span = [start + (from - start) * rest, end + (to - end) * rest];
      if (rest) return;
      this.#glide = undefined;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#settle(), 150);
    };
    this.#glide(performance.now());
    this.#queue();
  }
  /** Once the view rests, ask for the tiles that it lacks. */
  async #settle() {
    const { tier, indexes } = this.#now;
    const missing = indexes.filter((index) => this.#isOld || !this.#tiles.has(`${tier}/${index}`));
    if (missing.length) {
      const [from, to] = [tileStart(tier, missing[0]), tileStart(tier, missing.at(-1) + 1) - 1].map(edtfOf);
      const answer = await this.#ask("tiles", "timeline/tiles/", { z: `${tier}`, from, to, k: 40, s: 12 });
      if (!answer) return;
      if (this.#isOld) this.#tiles.clear();
      this.#isOld = false;
      for (const { items, spans, ...tile } of answer.tiles) {
        const id = `${tier}/${tile.index}`;
        const [at, to] = [tileStart(tier, tile.index), tileStart(tier, tile.index + 1)];
        this.#tiles.set(id, { ...tile, id, at, to, events: [...items, ...spans].map(eventOf) });
      }
      for (const key of this.#tiles.keys()) if (this.#tiles.size > 72) this.#tiles.delete(key);
      this.#slot.hidden = true;
      this.#redraw();
    }
    this.#emit("viewchange", this.view);
  }

  #redraw() {
    this.#drawn = undefined;
    this.#queue();
  }
  #queue() {
    this.#frame ??= requestAnimationFrame((time) => {
      this.#frame = undefined;
      this.#glide?.(time);
      if (this.#span) this.#render();
      if (this.#glide) this.#queue();
    });
  }
  #render() {
    const now = this.#now;
    const { start, end, scale, width, base, indexes, x } = now;
    const drawn = `${[scale, indexes[0], width, base]}`;
    if (drawn !== this.#drawn) this.#arrange(now);
    this.#drawn = drawn;
    const [origin, isList] = [start / scale, this.hasAttribute("list")];
    const isSeen = ({ event, from, right }) =>
      event.id === this.#focused || (right > origin && from < origin + width);
    const shown = this.#placed.filter(isSeen).slice(0, isList ? 200 : 40).sort((a, b) => inOrder(a.event, b.event));
    const before = this.#buttons;
    this.#buttons = new Map();
    for (const { id, at, to, label, total } of this.#periods) {
      const style = `translate: ${x(at)}px ${base}px; width: ${x(to) - x(at)}px`;
      this.#dress(before, id, "period", `${label}: ${countWords(total)}`, "", style, () => this.#show(at, to, true));
    }
    for (const place of shown) {
      const { event, left, label, right, row } = place;
      // A long bar keeps its words in view.
      place.x = round(max(left, min(origin, right - event.width - 6 - label + left)) - origin);
      place.y = base - (row + 1) * ROW;
      const words = wordsOf(event, this.lanes, this.#today);
      const [text, pad] = [isList ? words : labelOf(event), label - left];
      const style = `translate: ${place.x}px ${place.y}px; padding-left: ${pad}px; max-width: ${pad + event.width}px`;
      this.#dress(before, event.id, "event", words, text, isList ? "" : style, () => this.select(event.id));
    }
    if (`${[...before.keys()]}` !== `${[...this.#buttons.keys()]}`) {
      const active = this.shadowRoot.activeElement;
      this.#plot.replaceChildren(this.#canvas, ...this.#buttons.values());
      if (this.#plot.contains(active)) active.focus({ preventScroll: true });
    }
    this.#paint(now, shown);
    this.#listed.ariaPressed = isList;
    if (!(this.#overview && this.#retry.hidden) || this.#glide) return;
    // However many there are, each can be reached: a view draws some of them only.
    this.#more.href = this.#address("/", this.view);
    const { total, query } = this.#overview;
    const seen = `${spanWords(start, end)}: ${shown.length} of ${countWords(total)}`;
    const words = (total ? seen : `Nothing to show: ${query.words}`) + (this.asOf && `, as known on ${this.asOf}`);
    if (this.#caption.textContent !== words) this.#caption.textContent = words;
  }
  /** The button of an event or a period: the one that it had before, or a new one. */
  #dress(before, id, part, words, text, style, act) {
    const made = before.get(id) ?? make("button", { part, tabindex: -1, focus: () => (this.#focused = id),
      click: ({ detail }) => (detail && this.#hasMoved) || act() });
    if (made.textContent !== text) made.textContent = text;
    if (made.title !== words) made.title = made.ariaLabel = words;
    made.style.cssText = style;
    made.ariaCurrent = id === this.selected;
    this.#buttons.set(id, made);
  }
  /** Where to draw what: of each tile or, until it is here, of one that holds it. */
  #arrange({ scale, tier, indexes, base }) {
    const pieces = indexes.flatMap((index) => {
      const [start, end] = [tileStart(tier, index), tileStart(tier, index + 1)];
      const keys = range(tier, tier + 1, -1).map((z) => `${z}/${tileAt(z, start)}`);
      const key = keys.find((each) => this.#tiles.has(each));
      if (!key) return [];
      const tile = this.#tiles.get(key);
      // To the end of those that are kept.
      this.#tiles.delete(key);
      this.#tiles.set(key, tile);
      return [{ tile, start, end }];
    });
    if (pieces.length === indexes.length || !this.#pieces.length) this.#pieces = pieces;
    const style = getComputedStyle(this);
    for (const name of Object.keys(COLORS)) {
      this.#ink.fillStyle = style.getPropertyValue(`--dt-${name}`);
      this.#colors[name] = this.#ink.fillStyle.slice(0, 7);
    }
    this.#ink.font = `${style.fontSize} ${style.fontFamily}`;
    const tiles = [...new Set(this.#pieces.map(({ tile }) => tile))];
    const events = new Map(tiles.flatMap((tile) => tile.events).map((event) => [event.id, event]));
    this.#known = [...events.values()].sort(inOrder);
    ({ placed: this.#placed, lanes: this.#lanes } = arrange(this.#known, {
      scale, rows: this.hasAttribute("list") ? 40 : max(1, floor(base / ROW)), lane: this.lanes, first: this.#focused || this.selected,
      before: new Map(this.#placed.map(({ event, row }) => [event.id, row])),
      widthOf: (event) => (event.width ??= min(250, this.#ink.measureText(labelOf(event)).width + 8)),
    }));
    this.#periods = tiles.filter(({ total }) => total);
    this.#columns = this.#pieces.flatMap(({ tile, start, end }) => columnsOf(tile, start, end, scale));
  }
  #paint({ start, end, scale, width, base, x }, shown) {
    const [ink, colors, ratio, bottom] = [this.#ink, this.#colors, devicePixelRatio, base + DENSITY];
    [this.#canvas.width, this.#canvas.height] = [round(width * ratio), round((bottom + AXIS) * ratio)];
    const from = (left, top) => ink.setTransform(ratio, 0, 0, ratio, left * ratio, top * ratio);
    const mark = (words, left, top, path) => {
      from(left, top);
      stroke(ink, path);
      ink.fillText(words, 4, 14);
    };
    ink.font = "13px system-ui";
    ink.fillStyle = colors.faint;
    ink.strokeStyle = colors.line;
    for (const [day, words] of ticksOf(start - 99 * scale, end, scale))
      mark(words, round(x(day)) + 0.5, bottom + 2, "M0 3V-999");
    for (const [name, row] of this.#lanes) if (name) mark(name, 0, base - row * ROW, `M0 0H${width}`);
    mark("", 0, bottom + 0.5, `M0 0H${width}`);
    from(0, 0);
    drawColumns(ink, this.#columns, x, bottom, DENSITY - 8, colors);
    for (const { event, from: first, to, x: left, y, isBar } of shown) {
      ink.globalAlpha = event.verification === "retracted" ? 0.4 : 1;
      from(0, y + 13);
      const right = to === Infinity ? width : to - start / scale;
      if (isBar) drawBar(ink, event, first - start / scale, right, width, scale, colors[event.quad]);
      from(left + MARK / 2, y + 13);
      drawMark(ink, event, colors, this.#today);
    }
  }

  /** One pointer pans, two pinch. */
  #point({ type, button, pointerId, clientX }) {
    const before = this.#pointers.get(pointerId);
    if (type === "pointerdown") {
      if (!button) this.#pointers.set(pointerId, clientX);
      this.#hasMoved = this.#pointers.size > 1;
    } else if (type !== "pointermove") this.#pointers.delete(pointerId);
    else if (before !== undefined && (this.#hasMoved || abs(clientX - before) > 4)) {
      this.#hasMoved = true;
      this.#plot.setPointerCapture(pointerId);
      const other = [...this.#pointers].find(([id]) => id !== pointerId);
      const gap = (place) => max(20, abs(place - other[1]));
      if (!other) this.#pan((before - clientX) * this.#now.scale);
      else this.zoom(gap(before) / gap(clientX), (clientX + other[1]) / 2, false);
      this.#pointers.set(pointerId, clientX);
    }
  }
  #pan(days, isSmooth) {
    if (!this.#overview) return;
    const { start, end } = this.#now;
    const [first, last] = this.#whole;
    const by = max(first - start, min(last - end, days));
    this.#show(start + by, end + by, isSmooth);
  }
  /** The wheel scrolls the page, unless Ctrl or ⌘ is held or the focus is here; sideways it pans. */
  #wheel(event) {
    const { deltaX, deltaY, ctrlKey, metaKey, clientX } = event;
    const isSideways = abs(deltaX) > abs(deltaY);
    if (!isSideways && !ctrlKey && !metaKey && !this.shadowRoot.activeElement) return;
    event.preventDefault();
    if (isSideways) this.#pan(deltaX * this.#now.scale);
    else this.zoom(1.003 ** deltaY, clientX, false);
  }
  #key(event) {
    const { start, end } = this.#now;
    const { key } = event;
    const factor = { "+": 0.5, "=": 0.5, "-": 2 }[key];
    const days = { PageUp: start - end, PageDown: end - start, Home: -1e9, End: 1e9 }[key];
    const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -1, ArrowDown: 1 }[key];
    if (!(factor || days || by) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    if (factor) this.zoom(factor);
    else if (days) this.#pan(days, true);
    else this.#go(/t$/.test(key) ? this.#known : this.#periods, by);
  }
  /** To the event, or period, so many after the focused one, in view or not. */
  #go(items, by) {
    const { start, end } = this.#now;
    const place = items.findIndex(({ id }) => id === this.#focused);
    const next = place < 0 ? items.find(({ at, to }) => at >= start || to > start) : items[place + by];
    if (!next) return;
    if (next.at < start || next.at > end) this.#show(next.at + (start - end) / 2, next.at + (end - start) / 2);
    this.#focused = next.id;
    this.#drawn = undefined;
    this.#render();
    this.#buttons.get(next.id)?.focus({ preventScroll: true });
  }

  /** Tell what is known of the selected event, from whom, and how it reached them. */
  async #tell() {
    const id = this.selected;
    this.#redraw();
    if (!id && this.#panel.contains(this.shadowRoot.activeElement)) this.#plot.focus();
    this.#panel.hidden = true;
    if (!id || !this.#emit("eventselect", { id })) return;
    const name = encodeURIComponent(id);
    const event = await this.#ask("event", `events/${name}/`, {}, ["as-of", "snapshot"]);
    if (!event) return;
    const page = (this.page || "/events/{id}/").replace("{id}", name);
    this.#panel.replaceChildren(
      make("small", {}, `${event.date.label} · ${event.kind.label}`), make("h2", { dir: "auto" }, event.title),
      make("p", { dir: "auto" }, event.summary), make("p", {}, event.status_words),
      make("ul", {}, ...event.claims.map(claimItem)),
      link(this.#address(page, {}, []).href, "All that is known of it"), " ",
      make("button", { click: () => this.select(null) }, "Close"));
    this.#panel.hidden = false;
    this.#panel.focus();
  }
}

/** Every attribute is a property, too: `timeline.asOf = "2018-06-01"`. */
for (const name of DiplomaticTimeline.observedAttributes)
  Object.defineProperty(DiplomaticTimeline.prototype, name.replace(/-(.)/g, (_, letter) => letter.toUpperCase()), {
    get() {
      return this.getAttribute(name) ?? "";
    },
    set(value) {
      (value ?? "") === "" ? this.removeAttribute(name) : this.setAttribute(name, value);
    },
  });
customElements.get("diplomatic-timeline") ?? customElements.define("diplomatic-timeline", DiplomaticTimeline);
