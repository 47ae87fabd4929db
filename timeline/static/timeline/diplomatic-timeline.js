/**
 * <diplomatic-timeline>: a record's events on an axis of time, at any zoom; docs/element.md has its use and its design.
 * Days count from 1970-01-01, proleptic Gregorian, never in a Date; months from January of year 0, which is 1 BCE.
 */

/** Parameters of the API that are attributes: as_of by as-of; role, which is HTML's own, by party-role. */
export const FILTERS = `country between leader organization role kind category quad occurrence verification precision
  source publisher origins_min place bbox q as_of snapshot`.split(/\s+/);
export const attributeOf = (name) => (name === "role" ? "party-role" : name.replaceAll("_", "-"));

const MONTHS = "January February March April May June July August September October November December".split(" ");
const { abs, ceil, floor, max, min, round } = Math;
const range = (first, length, step = 1) => Array.from({ length: max(0, length) }, (_, place) => first + place * step);

/** A month's first day: years begin in March here, so that their leap day is their last. */
export const monthStart = (months) => {
  const year = floor((months - 2) / 12);
  const leaps = floor(year / 4) - floor(year / 100) + floor(year / 400);
  return 365 * year + leaps + floor((153 * (months - 2 - 12 * year) + 2) / 5) - 719468;
};
export const monthAt = (day) => {
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
export const edtfOf = (day) => {
  const [year, ...rest] = dateAt(day);
  if (abs(year) > 9999) return `Y${year}`;
  const parts = [abs(year), ...rest].map((part, place) => `${part}`.padStart(place ? 2 : 4, 0));
  return (year < 0 ? "-" : "") + parts.join("-");
};

const numberWords = (number) => `${number}`.replace(/\B(?=(\d{3})+$)/g, "\u202f");
const countWords = (number) => `${numberWords(number)} event${number === 1 ? "" : "s"}`;
const yearWords = (year) => (year < 1 ? `${yearWords(1 - year)} BCE` : year > 9999 ? numberWords(year) : `${year}`);
/** "1966 to 2018", "30 May 2018 to 12 June 2018": from a day until before another. */
export const spanWords = (start, end) => {
  const words = [start, ceil(end) - 1].map((each) => {
    const [year, month, day] = dateAt(each);
    return end - start > 1500 ? yearWords(year) : `${day} ${MONTHS[month - 1]} ${yearWords(year)}`;
  });
  return [...new Set(words)].join(" to ");
};

/** Tiers of tiles and, last, the day: names, length in months, and the tier by which each counts its events. */
const UNITS = ["millennium", "century", "decade", "year", "month", "day"];
const LENGTHS = [12000, 1200, 120, 12, 1, 1 / 30.436875];
const FINER = [2, 3, 4, 5, 5];
const daysLong = (tier) => LENGTHS[tier] * 30.436875;
export const tileStart = (tier, index) => (tier > 4 ? index : monthStart(index * LENGTHS[tier]));
export const tileAt = (tier, day) => floor(tier > 4 ? day : monthAt(day) / LENGTHS[tier]);
/** The coarsest tier whose tiles are 900 pixels wide at most, and few enough to be asked for at once. */
export const tierOf = (scale, width) => {
  let tier = 0;
  while (tier < 4 && daysLong(tier) > 900 * scale) tier += 1;
  while (tier && 2 * width * scale > 30 * daysLong(tier)) tier -= 1;
  return tier;
};

/** Item of a tile → event: it began between `from` and `begun`, ended between `ending` and `to`; null where open. */
export const eventOf = (item, names = {}) => {
  const { edtf, label, earliest_start, latest_start, earliest_end, latest_end, approximate, uncertain } = item.date;
  const [from, ending] = [earliest_start, earliest_end].map((day) => daysOf(day)[0] ?? null);
  const [begun, to] = [latest_start, latest_end].map((day) => daysOf(day)[1] ?? null);
  const words = (word) => word && word[0].toUpperCase() + word.slice(1).toLowerCase().replace("-", " ");
  return {
    ...item, date: label, from, begun, ending, to,
    at: from ?? (begun ?? to ?? 1) - 1,
    isDay: /^-?\d{4}-\d\d-\d\d(T|$)/.test(edtf),
    isMoment: from === ending && begun === to,
    isVague: approximate || uncertain,
    lanes: { country: names[item.countries[0]], category: words(item.category), quad: words(item.quad) },
  };
};
const inOrder = (a, b) => a.at - b.at || (a.id < b.id ? -1 : 1);
/** Planned, its date past, and no later source to say what came of it. */
export const isOverdue = ({ occurrence, to }, today) => occurrence === "planned" && to !== null && to <= today;
/** Text that keeps its direction to itself. */
const isolated = (text) => `\u2068${text}\u2069`;
/** What stands beside a mark. A day shows by its place; other dates are in words. */
export const labelOf = ({ isDay, date, title }) => (isDay ? "" : `${date} · `) + isolated(title);
/** The same with what there is to know of it: never whether it occurred without how well that is borne out. */
export const wordsOf = (event, lane, today) => {
  const { isDay, date, occurrence, verification, lanes } = event;
  const words = [labelOf(event), isDay && date, occurrence, verification, isOverdue(event, today) && "no later source"];
  return [...new Set([...words, lanes.quad, lanes[lane]])].filter(Boolean).join(", ");
};

/** Lines of the axis, some 84 pixels apart or more: [day, words]. */
export const ticksOf = (start, end, scale) => {
  const gap = 84 * scale;
  const days = gap > 7 ? 31 : gap > 1 ? 7 : 1;
  let step = 1; // months: 1, 3, 12, 24, 60, 120, 240, 600 …
  for (let place = 0; step * 30 < gap && days > 7; place += 1) step *= place < 2 ? 3 + place : [2, 2.5, 2][(place - 2) % 3];
  const months = floor(monthAt(start) / step) * step;
  return range(months, (monthAt(end) - months) / step + 1, step).flatMap((each) => {
    const first = monthStart(each);
    const [year, month] = dateAt(first);
    const name = MONTHS[month - 1].slice(0, 3);
    const words = step > 11 ? yearWords(year) : days < 31 || month === 1 ? `${name} ${yearWords(year)}` : name;
    const last = days === 7 ? 25 : monthStart(each + 1) - first;
    const others = range(1 + days, ceil((last - days) / days), days);
    return [[first, words], ...others.map((day) => [first + day - 1, `${day} ${name}`])];
  });
};

/** Pixels: an open end's arrow; a mark and the space around it; heights of a row, the density and the axis. */
const [TAIL, MARK, ROW, DENSITY, AXIS] = [56, 22, 28, 48, 22];

/** [left, right] of an event in pixels from day 0: what goes on reaches as far as can be seen. */
export const reachOf = ({ from, begun, ending, to, at }, scale) => [
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
 * Events → [{event, row, left, right, from, to, isBar}]: in rows, where none overlap, the most important first, without
 * those that find no place. An event stays in the row that `before` has for it where it can; `first` always finds one.
 */
export const arrange = (events, { scale, rows, lane, widthOf, before, first }) => {
  const laneOf = (event) => (lane ? event.lanes[lane] ?? `No ${lane}` : "");
  const numbers = {};
  for (const event of events) numbers[laneOf(event)] = (numbers[laneOf(event)] ?? 0) + 1;
  const most = max(1, floor(rows / 2));
  const fullest = Object.keys(numbers).sort((a, b) => numbers[b] - numbers[a]);
  const lanes = fullest.length > most ? [...fullest.slice(0, most - 1).sort(), "Others"] : fullest.sort();
  const each = floor(rows / max(1, lanes.length));
  const rank = ({ id, importance }) => (id === first ? 2000 : before.has(id) ? 1000 : 0) + importance;
  const placed = [];
  for (const event of [...events].sort((a, b) => rank(b) - rank(a) || (a.id < b.id ? -1 : 1))) {
    const [from, to] = reachOf(event, scale);
    const isBar = to - from > MARK;
    const left = isBar ? from : (from + to - MARK) / 2;
    const right = max(isBar ? to : 0, left + MARK + widthOf(event) + 6);
    const own = range(each * (lanes.includes(laneOf(event)) ? lanes.indexOf(laneOf(event)) : most - 1), each);
    const isFree = (row) => own.includes(row) && !placed.some((p) => p.row === row && right > p.left && left < p.right);
    const row = [before.get(event.id), ...own].find(isFree) ?? (event.id === first ? own[0] : undefined);
    if (row !== undefined) placed.push({ event, row, left, right, from, to, isBar });
  }
  return { placed, lanes: lanes.map((name, place) => [name, (place + 1) * each - 1]) };
};

/** Counts of a tile between two days as columns at least 3 pixels wide: [first day, day after, of each quad class …]. */
export const columnsOf = ({ z, index, density }, start, end, scale) => {
  const unit = FINER[z];
  const together = ceil((3 * scale) / daysLong(unit));
  const columns = new Map();
  for (const [offset, , ...quads] of density?.counts ?? []) {
    const first = tileAt(unit, tileStart(z, index)) + floor(offset / together) * together;
    const [from, to] = [max(start, tileStart(unit, first)), min(end, tileStart(unit, first + together))];
    const [, , ...sums] = columns.get(first) ?? [from, to, 0, 0, 0, 0];
    if (from < to) columns.set(first, [from, to, ...sums.map((sum, place) => sum + quads[place])]);
  }
  return [...columns.values()];
};

/** Each quad class by its shape, which says the same as its color; in the order in which densities have them. */
const SHAPES = {
  "verbal-cooperation": "M-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0Z",
  "material-cooperation": "M-5.5-5.5h11v11h-11Z",
  "verbal-conflict": "M0-7L7 0L0 7L-7 0Z",
  "material-conflict": "M0-7L7 5H-7Z",
};
const QUADS = Object.keys(SHAPES);
const stroke = (ink, path) => ink.stroke(new Path2D(path));

/** A shape from one x to another: hollow if not known to have occurred, hatched if alleged, half so if disputed. */
const drawShape = (ink, { occurrence, verification, isVague }, path, left, right, fill, line) => {
  const hatched = { alleged: left, disputed: (left + right) / 2 }[verification] ?? right;
  const shape = new Path2D(path);
  ink.save();
  ink.fillStyle = fill;
  ink.strokeStyle = line;
  ink.lineWidth = 1.6;
  ink.setLineDash(isVague ? [1.5, 2.5] : []);
  ink.stroke(shape);
  ink.clip(shape);
  if (occurrence === "occurred" && verification !== "retracted") ink.fillRect(left, -9, hatched - left, 18);
  ink.setLineDash([]);
  ink.lineWidth = 1;
  for (let x = hatched; x < right + 15 && hatched < right; x += 3.5) stroke(ink, `M${x} -9l-18 18`);
  ink.restore();
};
const drawMark = (ink, event, colors, today) => {
  const { quad, occurrence } = event;
  ink.fillStyle = colors.paper;
  ink.fill(new Path2D(SHAPES[quad]));
  drawShape(ink, event, SHAPES[quad], -9, 9, colors[quad], colors[quad]);
  ink.strokeStyle = colors.ink;
  if (occurrence === "cancelled" || occurrence === "postponed") stroke(ink, "M-7-7L7 7M-7 7L7-7");
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
  const per = high / max(...columns.map(([from, to, ...quads]) => quads.reduce((a, b) => a + b) / (to - from)));
  for (const [from, to, ...quads] of columns) {
    let y = base;
    quads.forEach((number, place) => {
      const height = (number / (to - from)) * per;
      ink.fillStyle = colors[QUADS[place]];
      ink.fillRect(x(from), (y -= height), max(1.5, x(to) - x(from) - 0.5), height);
    });
  }
};

/** Colors in light, in dark, and where the system forces its own; `--timeline-ink` sets the first. */
const COLORS = {
  ink: ["#1c1b19", "#ebe8e1", "CanvasText"],
  paper: ["#fdfcf9", "#1a1a18", "Canvas"],
  faint: ["#63605a", "#a9a59c", "CanvasText"],
  line: ["#dcd8cf", "#3a3935", "GrayText"],
  accent: ["#1f5f8b", "#8cc4ec", "LinkText"],
  [QUADS[0]]: ["#0072b2", "#56b4e9", "CanvasText"],
  [QUADS[1]]: ["#00735b", "#2bc49b", "CanvasText"],
  [QUADS[2]]: ["#a66300", "#f0b84b", "CanvasText"],
  [QUADS[3]]: ["#b8430e", "#ff8a5b", "CanvasText"],
};
const tokens = (value) => Object.entries(COLORS).map(([name, each]) => `--dt-${name}: ${value(name, ...each)};`).join("");
for (const name of Object.keys(COLORS))
  try {
    // Else a canvas would be given "light-dark(…)" instead of a color.
    CSS.registerProperty({ name: `--dt-${name}`, syntax: "<color>", inherits: true, initialValue: "gray" });
  } catch {} // another copy of this module has
const STYLE = `
:host { ${tokens((name, light, dark) => `var(--timeline-${name}, light-dark(${light}, ${dark}))`)}
  display: block; color-scheme: light dark; color: var(--dt-ink); background: var(--dt-paper);
  font: 15px/1.25 var(--timeline-serif, Charter, "Iowan Old Style", Georgia, serif); font-variant-numeric: tabular-nums; }
@media (forced-colors: active) { :host { ${tokens((name, light, dark, system) => system)} } }
:host([hidden]), [hidden] { display: none !important; }
header { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; padding: 8px; }
header, small { font: 13px/1.5 var(--timeline-sans, system-ui, sans-serif); color: var(--dt-faint); }
p { margin: 8px 0; flex: 1 1 12rem; }
button { font: inherit; color: var(--dt-ink); background: none; border: 0; padding: 0; text-align: start; cursor: pointer; }
header button { min-width: 32px; height: 32px; padding: 0 10px; border: 1px solid var(--dt-line); border-radius: 3px; }
:focus-visible { outline: 2px solid var(--dt-accent); outline-offset: -2px; }
.plot { position: relative; overflow: hidden; direction: ltr; height: var(--timeline-height, 27rem);
  touch-action: pan-y; cursor: grab; user-select: none; }
canvas { position: absolute; width: 100%; height: 100%; }
[part=event], [part=period] { position: absolute; left: 0; top: 0; height: ${DENSITY}px; }
[part=event] { height: 26px; max-width: 272px; padding: 0 4px 0 ${MARK}px; overflow: hidden; text-overflow: ellipsis;
  white-space: nowrap; unicode-bidi: isolate; }
[part=event]:hover, [aria-current=true] { text-decoration: underline; }
:host([list]) .plot { overflow: auto; }
:host([list]) [part=event] { position: static; display: block; height: auto; max-width: none; white-space: normal; padding: 6px; }
section { padding: 16px 8px; border-top: 1px solid var(--dt-line); max-width: 68ch; line-height: 1.5; overflow-wrap: anywhere; }
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
  static observedAttributes = ["src", "from", "to", "lanes", "list", "selected", "page", ...FILTERS.map(attributeOf)];
  #caption = make("p", { part: "caption", role: "status" }, "Loading …");
  #retry = make("button", { hidden: "", click: () => this.reload() }, "Try again");
  #listed = make("button", { click: () => this.toggleAttribute("list") }, "List");
  #canvas = make("canvas", { "aria-hidden": true });
  #ink = this.#canvas.getContext("2d");
  #plot = make("div", { class: "plot", part: "plot", role: "group", tabindex: 0, "aria-label": "Timeline" }, this.#canvas);
  #panel = make("section", { part: "panel", tabindex: -1, "aria-label": "Chosen event", hidden: "" });
  #slot = make("slot", {});
  #buttons = new Map();
  #tiles = new Map();
  #pieces = [];
  #periods = [];
  #placed = [];
  #lanes = [];
  #columns = [];
  #colors = {};
  #requests = {};
  #pointers = new Map();
  #sizes = new ResizeObserver(() => this.#redraw());
  #span; #extent; #total; #drawn; #focused; #frame; #timer; #undo; #glide; #isOld; #hasFailed; #hasMoved;

  constructor() {
    super();
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    this.attachShadow({ mode: "open" }).adoptedStyleSheets = [sheet];
    const tool = (words, label, click) => make("button", { "aria-label": label, click }, words);
    this.shadowRoot.append(make("header", { part: "toolbar" }, this.#caption, this.#retry,
      tool("−", "Zoom out", () => this.zoom(2)), tool("+", "Zoom in", () => this.zoom(0.5)),
      tool("All", "All of the time", () => this.showAll()), this.#listed), this.#plot, this.#panel, this.#slot);
  }
  connectedCallback() {
    this.#undo = new AbortController();
    const on = (target, names, act) => names.split(" ").forEach((name) => target.addEventListener(name, act, this.#undo));
    on(this.#plot, "pointerdown pointermove pointerup pointercancel", (event) => this.#point(event));
    on(this.#plot, "wheel", (event) => this.#wheel(event));
    on(this.#plot, "keydown", (event) => this.#key(event));
    on(this.#panel, "keydown", ({ key }) => key === "Escape" && this.select(null));
    on(window, "online", () => this.#hasFailed && this.reload());
    for (const what of ["prefers-color-scheme: dark", "forced-colors: active"])
      on(matchMedia(`(${what})`), "change", () => this.#redraw());
    this.#sizes.observe(this.#plot);
    this.reload();
  }
  disconnectedCallback() {
    for (const request of [this.#undo, ...Object.values(this.#requests)]) request.abort();
    this.#sizes.disconnect();
    clearTimeout(this.#timer);
    cancelAnimationFrame(this.#frame);
    this.#frame = this.#isOld = undefined;
  }
  attributeChangedCallback(name, before, now) {
    if (before === now || !this.isConnected) return;
    if (name === "selected") this.#tell();
    else if (name === "from" || name === "to") this.#showOpening();
    else if (["lanes", "list", "page"].includes(name)) this.#redraw();
    else this.reload();
  }

  /** Start anew, with other filters, at another moment or after a failure: what is drawn stays until there is better. */
  reload() {
    if (!this.#isOld) queueMicrotask(() => this.isConnected && this.#open());
    this.#isOld = true;
  }
  /** Show all between two years, months or days. Throws RangeError. */
  showSpan(from, to = from) {
    const [start, end] = [daysOf(from)[0], daysOf(to)[1]];
    if (!(start < end)) throw new RangeError(`"${from}" to "${to}" is no span: write years, months or days, as in 1973-10`);
    this.#show(start, end, true);
  }
  showAll() {
    this.#show(...this.#whole, true);
  }
  /** Show so many times as much, around a place in pixels. */
  zoom(factor, place, isSmooth = true) {
    const { start, width, scale } = this.#now;
    const [first, last] = this.#whole;
    const wanted = max(1 / 160, min(scale * factor, (1.5 * (last - first)) / width));
    const from = start + (place ?? width / 2) * (scale - wanted);
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
    const { clientWidth, clientHeight: height } = this.#plot;
    const width = clientWidth || 1;
    const scale = (end - start) / width;
    const tier = tierOf(scale, width);
    const [first, last] = [tileAt(tier, 1.5 * start - end / 2), tileAt(tier, 1.5 * end - start / 2)];
    const x = (day) => (day - start) / scale;
    return { start, end, width, height, base: height - AXIS - DENSITY, scale, tier, indexes: range(first, last - first + 1), x };
  }
  get #today() {
    return daysOf(this.asOf)[1] ?? floor(Date.now() / 864e5);
  }
  /** All of the time, with room for the words of its last events. */
  get #whole() {
    const [start, end] = this.#extent ?? [this.#today - 365, this.#today];
    const room = max(2, (end - start) * 0.04);
    return [start - room, end + room + (end - start) * min(0.7, 240 / (this.#plot.clientWidth || 1))];
  }

  /** The JSON of an address; undefined where it failed, or was asked for again for the same purpose. */
  async #ask(purpose, path, parameters, filters = FILTERS) {
    this.#requests[purpose]?.abort();
    const { signal } = (this.#requests[purpose] = new AbortController());
    try {
      const address = new URL(path, new URL(this.src, document.baseURI));
      for (const name of filters) parameters[name] = this.getAttribute(attributeOf(name)) ?? "";
      for (const [name, value] of Object.entries(parameters)) if (value !== "") address.searchParams.set(name, value);
      const answer = await fetch(address, { signal, headers: { Accept: "application/json" } });
      const json = await answer.json();
      if (answer.ok) return json;
      throw json;
    } catch ({ detail }) {
      if (signal.aborted) return;
      this.#hasFailed = true;
      this.#retry.hidden = false;
      const reason = detail ?? (navigator.onLine ? "The server cannot be reached." : "You are offline.");
      this.#caption.textContent = reason;
      this.#emit("timelineerror", { reason });
    }
  }
  #emit(name, detail) {
    return this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable: true }));
  }

  async #open() {
    this.#hasFailed = false;
    this.#retry.hidden = true;
    this.#showOpening();
    this.#tell();
    const density = await this.#ask("overview", "timeline/density/", { buckets: 200 });
    if (!density) return;
    const dated = [...density.buckets, ...density.imprecise].filter(({ start }) => start);
    const ends = dated.flatMap(({ unit = density.unit, start }) => {
      const [tier, [day]] = [UNITS.indexOf(unit), daysOf(start)];
      return [day, tileStart(tier, tileAt(tier, day) + 1)];
    });
    this.#extent = ends.length ? [min(...ends), max(...ends)] : undefined;
    this.#total = density.total;
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
    const begun = performance.now();
    const isStill = !isSmooth || matchMedia("(prefers-reduced-motion)").matches;
    this.#glide = (time) => {
      const rest = isStill ? 0 : max(0, 1 - max(0, time - begun) / 200) ** 3;
      this.#span = [start + (from - start) * rest, end + (to - end) * rest];
      if (!rest) this.#glide = undefined;
    };
    if (isStill) this.#glide();
    this.#queue();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#settle(), 250);
  }
  /** Once the view rests, ask for the tiles that it lacks. */
  async #settle() {
    const { tier, indexes } = this.#now;
    const missing = indexes.filter((index) => this.#isOld || !this.#tiles.has(`${tier}/${index}`));
    if (missing.length) {
      const [from, to] = [tileStart(tier, missing[0]), tileStart(tier, missing.at(-1) + 1) - 1].map(edtfOf);
      const answer = await this.#ask("tiles", "timeline/tiles/", { z: tier, from, to, k: 24, s: 12 });
      if (!answer) return;
      if (this.#isOld) this.#tiles.clear();
      this.#isOld = false;
      for (const { items, spans, ...tile } of answer.tiles) {
        tile.events = [...items, ...spans].map((item) => eventOf(item, tile.countries));
        const [at, to] = [tileStart(tier, tile.index), tileStart(tier, tile.index + 1)];
        Object.assign(tile, { id: `${tier}/${tile.index}`, at, to });
        this.#tiles.set(tile.id, tile);
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
    const { start, end, scale, width, base, x } = now;
    const drawn = [scale, now.tier, now.indexes[0], width, base].join();
    if (drawn !== this.#drawn) this.#arrange(now);
    this.#drawn = drawn;
    const isSeen = ({ event: { id }, left, right }) => id === this.#focused || (right > start / scale && left < end / scale);
    const shown = this.#placed.filter(isSeen).slice(0, 40).sort((a, b) => inOrder(a.event, b.event));
    for (const place of shown) {
      const [left, right] = [place.left - start / scale, place.right - start / scale];
      place.x = round(place.isBar ? max(left + 12, min(12, right - place.event.width - MARK)) : left + MARK / 2);
      place.y = base - (place.row + 1) * ROW;
    }
    this.#dress([
      ...this.#periods.map((tile) => ({ ...tile, part: "period", text: "", words: `${tile.label}: ${countWords(tile.total)}`, act: () => this.#show(tile.at, tile.to, true),
        style: `translate: ${x(tile.at)}px ${base}px; width: ${x(tile.to) - x(tile.at)}px` })),
      ...shown.map(({ event, x, y }) => ({ id: event.id, part: "event", text: labelOf(event), words: wordsOf(event, this.lanes, this.#today),
        act: () => this.select(event.id), style: `translate: ${x - 11}px ${y}px` })),
    ]);
    this.#paint(now, shown);
    const moment = this.asOf && `, as known on ${this.asOf}`;
    const number = this.#total === undefined ? "…" : countWords(this.#total);
    const words = `${spanWords(start, end)}${moment}: ${shown.length} of ${number}`;
    if (!this.#hasFailed && !this.#glide && this.#caption.textContent !== words) this.#caption.textContent = words;
  }
  /** A button for each item, kept as long as it is; the focus stays where it is. */
  #dress(items) {
    const active = this.shadowRoot.activeElement;
    const before = this.#buttons;
    this.#buttons = new Map(items.map(({ id, part, text, words, act, style }) => {
      const made = before.get(id) ?? make("button", { part, tabindex: -1, "aria-label": words, title: text ? "" : words,
        click: () => this.#hasMoved || act(), focus: () => (this.#focused = id) }, this.hasAttribute("list") ? words : text);
      made.style.cssText = style;
      made.ariaCurrent = id === this.selected;
      return [id, made];
    }));
    if ([...before.keys()].join() === [...this.#buttons.keys()].join()) return;
    this.#plot.replaceChildren(this.#canvas, ...this.#buttons.values());
    if (active?.part.value && this.#plot.contains(active)) active.focus({ preventScroll: true });
  }
  /** Where to draw what: of each tile or, until it is here, of one that holds it. */
  #arrange({ scale, tier, indexes, base }) {
    const pieces = indexes.flatMap((index) => {
      const [start, end] = [tileStart(tier, index), tileStart(tier, index + 1)];
      const keys = range(tier, tier + 1, -1).map((z) => `${z}/${tileAt(z, start)}`);
      const key = keys.find((each) => this.#tiles.has(each));
      if (!key) return [];
      const tile = this.#tiles.get(key);
      this.#tiles.delete(key); // and to the end of those that are kept
      this.#tiles.set(key, tile);
      return [{ tile, start, end }];
    });
    if (pieces.length === indexes.length || !this.#pieces.length) this.#pieces = pieces;
    const style = getComputedStyle(this);
    for (const name of Object.keys(COLORS)) {
      this.#ink.fillStyle = style.getPropertyValue(`--dt-${name}`);
      this.#colors[name] = this.#ink.fillStyle.slice(0, 7);
    }
    this.#ink.font = style.font;
    const { placed, lanes } = arrange(this.#known, {
      scale, rows: !this.hasAttribute("list") ? max(1, floor(base / ROW)) : 40, lane: this.lanes, first: this.#focused,
      before: new Map(this.#placed.map(({ event, row }) => [event.id, row])),
      widthOf: (event) => (event.width ??= min(250, this.#ink.measureText(labelOf(event)).width + 8)),
    });
    [this.#placed, this.#lanes] = [placed, lanes];
    this.#periods = [...new Set(this.#pieces.map(({ tile }) => tile))].filter(({ total }) => total);
    this.#columns = this.#pieces.flatMap(({ tile, start, end }) => columnsOf(tile, start, end, scale));
  }
  /** Every event of the tiles that are drawn from, once, by date. */
  get #known() {
    const events = this.#pieces.flatMap(({ tile }) => tile.events);
    return [...new Map(events.map((event) => [event.id, event])).values()].sort(inOrder);
  }

  #paint({ start, end, scale, width, height, base, x }, shown) {
    const [ink, colors, ratio] = [this.#ink, this.#colors, devicePixelRatio];
    [this.#canvas.width, this.#canvas.height] = [round(width * ratio), round(height * ratio)];
    const at = (left, top, paint) => {
      ink.setTransform(ratio, 0, 0, ratio, left * ratio, top * ratio);
      paint();
    };
    const mark = (words, path) => {
      stroke(ink, path);
      ink.fillText(words, 4, 14);
    };
    ink.font = getComputedStyle(this.#caption).font;
    ink.fillStyle = colors.faint;
    ink.strokeStyle = colors.line;
    for (const [day, words] of ticksOf(start - 99 * scale, end, scale)) at(round(x(day)) + 0.5, height - AXIS + 2, () => mark(words, "M0 3V-999"));
    for (const [name, row] of this.#lanes) at(0, base - (row + 1) * ROW, () => mark(name, name && `M0 0H${width}`));
    at(0, height - AXIS + 0.5, () => mark("", `M0 0H${width}`));
    at(0, 0, () => this.#columns.length && drawColumns(ink, this.#columns, x, height - AXIS, DENSITY - 8, colors));
    for (const { event, from, to, x: middle, y, isBar } of shown) {
      ink.globalAlpha = event.verification === "retracted" ? 0.4 : 1;
      const [left, right] = [from - start / scale, to === Infinity ? width : to - start / scale];
      if (isBar) at(0, y + 13, () => drawBar(ink, event, left, right, width, scale, colors[event.quad]));
      at(middle, y + 13, () => drawMark(ink, event, colors, this.#today));
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
      const [other] = [...this.#pointers].filter(([id]) => id !== pointerId);
      const gap = (place) => max(20, abs(place - other[1]));
      if (!other) this.#pan((before - clientX) * this.#now.scale);
      else this.zoom(gap(before) / gap(clientX), this.#within((clientX + other[1]) / 2), false);
      this.#pointers.set(pointerId, clientX);
    }
  }
  #within(clientX) {
    return clientX - this.#plot.getBoundingClientRect().left;
  }
  #pan(days, isSmooth) {
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
    else this.zoom(1.003 ** max(-300, min(300, deltaY)), this.#within(clientX), false);
  }
  #key(event) {
    const { start, end } = this.#now;
    const act = {
      "+": () => this.zoom(0.5), "=": () => this.zoom(0.5), "-": () => this.zoom(2),
      ArrowLeft: () => this.#go(this.#known, -1), ArrowRight: () => this.#go(this.#known, 1),
      ArrowUp: () => this.#go(this.#periods, -1), ArrowDown: () => this.#go(this.#periods, 1),
      PageUp: () => this.#pan(start - end, true), PageDown: () => this.#pan(end - start, true),
      Home: () => this.#pan(-1e9, true), End: () => this.#pan(1e9, true),
    }[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  }
  /** To the event, or period, so many after the focused one, in view or not. */
  #go(items, by) {
    const { start, end } = this.#now;
    const place = items.findIndex(({ id }) => id === this.#focused);
    const next = place < 0 ? items.find(({ at }) => at >= start) : items[place + by];
    if (!next) return;
    if (next.at < start || next.at > end) this.#show(next.at - (end - start) / 2, next.at + (end - start) / 2);
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
    const event = await this.#ask("event", `events/${encodeURIComponent(id)}/`, {}, ["as_of", "snapshot"]);
    if (!event) return;
    const page = (this.page || "/events/{id}/").replace("{id}", encodeURIComponent(id));
    this.#panel.replaceChildren(
      make("small", {}, `${event.date.label} · ${event.kind.label}`), make("h2", { dir: "auto" }, event.title),
      make("p", { dir: "auto" }, event.summary), make("p", {}, event.status_words), make("ul", {}, ...event.claims.map(claimItem)),
      link(new URL(page, new URL(this.src, document.baseURI)).href, "All that is known of it"), " ",
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
      value === null || value === "" ? this.removeAttribute(name) : this.setAttribute(name, value);
    },
  });
if (!customElements.get("diplomatic-timeline")) customElements.define("diplomatic-timeline", DiplomaticTimeline);
