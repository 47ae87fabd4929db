/**
 * <diplomatic-timeline>: a record's events on an axis of time, at any zoom. How to use it: docs/element.md
 *
 * Time is counted in days since 1970-01-01, proleptic Gregorian, never in a Date; year 0 is 1 BCE. A view is
 * {start, scale}: the day at the left edge, and days per pixel. First what is pure, then what draws, then the element.
 */

/** Parameters of the API that are attributes here: as_of by as-of; role, which is HTML's own, by party-role. */
export const FILTERS = ("country between leader organization role kind category quad occurrence verification precision " +
  "source publisher origins_min place bbox q as_of snapshot").split(" ");
export const attributeOf = (parameter) => (parameter === "role" ? "party-role" : parameter.replaceAll("_", "-"));

const QUADS = ["verbal-cooperation", "material-cooperation", "verbal-conflict", "material-conflict"];
const MONTHS = "January February March April May June July August September October November December".split(" ");
const { abs, ceil, floor, max, min, round } = Math;

/** Days to a date. */
export const daysFrom = (year, month = 1, day = 1) => {
  const y = year - (month < 3);
  const era = floor(y / 400);
  const ofEra = y - era * 400;
  const ofYear = floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  return era * 146097 + ofEra * 365 + floor(ofEra / 4) - floor(ofEra / 100) + ofYear - 719468;
};

/** [year, month, day] on which a number of days falls. */
export const civilOf = (days) => {
  const era = floor((floor(days) + 719468) / 146097);
  const ofEra = floor(days) + 719468 - era * 146097;
  const y = floor((ofEra - floor(ofEra / 1460) + floor(ofEra / 36524) - floor(ofEra / 146096)) / 365);
  const ofYear = ofEra - (365 * y + floor(y / 4) - floor(y / 100));
  const m = floor((5 * ofYear + 2) / 153);
  const month = ((m + 2) % 12) + 1;
  return [y + era * 400 + (month < 3), month, ofYear - floor((153 * m + 2) / 5) + 1];
};

/** "1966", "1973-10", "2018-05-30", "-000043-03-15", "Y12000" → [its first day, the day after it]; else undefined. */
export const daysOf = (text) => {
  const found = /^Y?([+-]?\d{4,7})(?:-(\d\d)(?:-(\d\d))?)?(?:T|$)/.exec(text ?? "");
  if (!found) return undefined;
  const [year, month, day] = found.slice(1).map(Number);
  if (day) return [daysFrom(year, month, day), daysFrom(year, month, day) + 1];
  return month ? [daysFrom(year, month), tileStart(4, year * 12 + month)] : [daysFrom(year), daysFrom(year + 1)];
};

/** A day as EDTF, which has days only in years of four digits: beyond, its year. */
export const edtfOf = (days) => {
  const [year, ...rest] = civilOf(days);
  if (abs(year) > 9999) return `Y${year}`;
  return [(year < 0 ? "-" : "") + `${abs(year)}`.padStart(4, "0"), ...rest.map((part) => `${part}`.padStart(2, "0"))].join("-");
};

export const numberWords = (number) => `${number}`.replace(/\B(?=(\d{3})+$)/g, "\u202f");
export const countWords = (number) => `${numberWords(number)} event${number === 1 ? "" : "s"}`;
export const yearWords = (year) => (year > 9999 ? numberWords(year) : year > 0 ? `${year}` : `${yearWords(1 - year)} BCE`);
/** "1966 to 2018", "30 May 2018 to 12 June 2018": from a day until before another. */
export const spanWords = (start, end) => {
  const words = (days) => {
    const [year, month, day] = civilOf(days);
    return end - start > 1500 ? yearWords(year) : `${day} ${MONTHS[month - 1]} ${yearWords(year)}`;
  };
  const [first, last] = [words(start), words(ceil(end) - 1)];
  return first === last ? first : `${first} to ${last}`;
};

/** Tiers of the API's tiles, millennium to month, and of days, 5: their years, length in days, unit that they count by. */
const YEARS = [1000, 100, 10, 1];
const LENGTHS = [365242.5, 36524.25, 3652.425, 365.2425, 30.436875, 1];
const FINER = [2, 3, 4, 5, 5];
const UNITS = ["millennium", "century", "decade", "year", "month", "day"];

export const tileStart = (tier, index) => {
  if (tier > 4) return index;
  return tier < 4 ? daysFrom(index * YEARS[tier]) : daysFrom(floor(index / 12), index - floor(index / 12) * 12 + 1);
};
export const tileAt = (tier, days) => {
  const [year, month] = civilOf(days);
  return tier > 4 ? floor(days) : tier < 4 ? floor(year / YEARS[tier]) : year * 12 + month - 1;
};
/** The coarsest tier whose tiles are 900 pixels wide at most, and few enough to ask for at once. */
export const tierOf = (scale, width) => {
  let tier = max(0, LENGTHS.slice(0, 4).findIndex((days) => days / scale <= 900));
  if (LENGTHS[3] / scale > 900) tier = 4;
  while (tier && (2 * width * scale) / LENGTHS[tier] > 30) tier -= 1;
  return tier;
};

/** Item of a tile → event: between `from` and `begun` it began, between `ending` and `to` it ended; null where open. */
export const eventOf = (item, names = {}) => {
  const { edtf, label, approximate, uncertain, earliest_start, latest_start, earliest_end, latest_end } = item.date;
  const day = (text, which) => daysOf(text)?.[which] ?? null;
  const [from, begun, ending, to] = [day(earliest_start, 0), day(latest_start, 1), day(earliest_end, 0), day(latest_end, 1)];
  const named = (word, none) => (word ? word[0].toUpperCase() + word.slice(1).toLowerCase().replace("-", " ") : none);
  const country = item.countries[0];
  return {
    ...item, date: label, from, begun, ending, to,
    at: from ?? (begun ?? to ?? 1) - 1,
    isDay: /^-?\d{4}-\d\d-\d\d(T|$)/.test(edtf),
    isMoment: from === ending && begun === to,
    isVague: approximate || uncertain,
    country: names[country] ?? country ?? "No country",
    category: named(item.category, "No category"),
    class: named(item.quad),
  };
};
/** Planned, its date past, and no later source to say what came of it. */
export const isOverdue = ({ occurrence, to }, today) => occurrence === "planned" && to !== null && to <= today;
/** "occurred, disputed", "planned, reported, no later source": never what without how well it is borne out. */
export const statusWords = (event, today) =>
  `${event.occurrence}, ${event.verification}${isOverdue(event, today) ? ", no later source" : ""}`;
/** Text that keeps its direction to itself. */
const isolated = (text) => `\u2068${text}\u2069`;
/** What stands beside a mark. A day shows by its place; other dates are in words. */
export const labelOf = (event) => (event.isDay ? "" : `${event.date} · `) + isolated(event.title);

/** Lines of the axis, 84 pixels apart or more: [day, words]. */
export const ticksOf = (start, end, scale) => {
  const ticks = [];
  const gap = 84 * scale;
  if (gap > 91) {
    let step = 1;
    while (step * 365 < gap) step *= `${step}`[0] === "2" ? 2.5 : 2;
    for (let year = floor(civilOf(start)[0] / step) * step; daysFrom(year) < end; year += step)
      ticks.push([daysFrom(year), yearWords(year)]);
    return ticks;
  }
  const months = gap > 30 ? 3 : 1;
  const days = gap > 7 ? 31 : gap > 1 ? 7 : 1;
  for (let index = floor(tileAt(4, start) / months) * months; tileStart(4, index) < end; index += months) {
    const [first, last] = [tileStart(4, index), tileStart(4, index + 1)];
    const [year, month] = civilOf(first);
    const name = MONTHS[month - 1].slice(0, 3);
    ticks.push([first, month === 1 || days < 31 ? `${name} ${yearWords(year)}` : name]);
    for (let day = first + days; day < last - (days === 7 ? 4 : 0); day += days) ticks.push([day, `${day - first + 1} ${name}`]);
  }
  return ticks;
};

/** Pixels: of an open end's arrow; of a mark with the space around it; heights of a row, the density, the axis, the strip. */
const [TAIL, MARK, ROW, DENSITY, AXIS, STRIP] = [56, 22, 28, 48, 22, 20];

/** [left, right] of an event, in pixels from day 0; what is going on reaches as far as can be seen. */
export const reachOf = ({ from, begun, ending, to, at }, scale) => [
  from === null ? at / scale - TAIL : from / scale,
  to !== null ? to / scale : ending === null ? Infinity : max(at, begun ?? at, ending + 1) / scale + TAIL,
];

/** How strongly a bar of `length` pixels stands: [share of its length, strength], weak where it may not reach. */
export const fadesOf = ({ from, begun, ending, to, isMoment }, length, scale) => {
  if (isMoment && from !== null && to !== null) return [[0, 0.1], [0.35, 1], [0.65, 1], [1, 0.1]];
  const part = (open, first, last) => min(1, (open === null ? TAIL : first === null ? 0 : (last - first - 1) / scale) / length);
  const [rise, fall] = [part(from, from, begun ?? from + 1), part(to, ending, to)];
  return [[0, rise ? 0.1 : 1], [min(rise, 1 - fall), 1], [max(rise, 1 - fall), 1], [1, fall ? 0.1 : 1]];
};

/** At most `most` names of lanes: quad classes in their order, else the fullest first; what is left shares one. */
export const lanesOf = (events, key, most) => {
  const numbers = {};
  for (const event of events) numbers[event[key]] = (numbers[event[key]] ?? 0) + 1;
  const place = (name) => (key === "class" ? QUADS.indexOf(name.toLowerCase().replace(" ", "-")) : -numbers[name]);
  const names = Object.keys(numbers).sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1));
  return names.length > most ? [...names.slice(0, max(0, most - 1)), "Others"] : names;
};

/**
 * Events → [{event, row, left, right, from, to}], in rows in which none overlap, the most important first; without what
 * finds no place. An event keeps the row that `before` has for it where it can; `chosen` finds a place in any case.
 */
export const arrange = (events, { scale, rows, key, widthOf, before, chosen }) => {
  const lanes = key ? lanesOf(events, key, floor(rows / 2)) : [];
  const each = floor(rows / max(1, lanes.length));
  const taken = Array.from({ length: rows }, () => []);
  const rank = ({ id, importance }) => (id === chosen ? 2e4 : 0) + (before.has(id) ? 1e4 : 0) + importance;
  const placed = [];
  for (const event of [...events].sort((a, b) => rank(b) - rank(a) || (a.id < b.id ? -1 : 1))) {
    const [from, to] = reachOf(event, scale);
    const isBar = to - from > MARK;
    const left = isBar ? from : (from + to - MARK) / 2;
    const right = max(isBar ? to : 0, left + MARK + widthOf(event) + 6);
    const lowest = key ? max(0, lanes.indexOf(lanes.includes(event[key]) ? event[key] : "Others")) * each : 0;
    const fits = (row) => taken[row].every(([start, end]) => right <= start || left >= end);
    const choice = [before.get(event.id), ...Array.from({ length: each }, (_, row) => lowest + row)];
    const row = choice.find((row) => row >= lowest && row < lowest + each && fits(row)) ?? (event.id === chosen ? lowest : -1);
    if (row < 0 || row >= rows) continue;
    taken[row].push([left, right]);
    placed.push({ event, row, left, right, from, to, isBar });
  }
  return { placed, lanes, each };
};

/** Counts of a tile from a day until another as columns at least 3 pixels wide: [first day, day after, by quad …]. */
export const columnsOf = ({ tier, index, counts }, start, end, scale) => {
  const unit = FINER[tier];
  const begin = tileAt(unit, tileStart(tier, index));
  const together = ceil((3 * scale) / LENGTHS[unit]);
  const columns = new Map();
  for (const [offset, , ...quads] of counts) {
    const first = begin + floor(offset / together) * together;
    const [from, to] = [max(start, tileStart(unit, first)), min(end, tileStart(unit, first + together))];
    if (to <= from) continue;
    const column = columns.get(first) ?? [from, to, 0, 0, 0, 0];
    columns.set(first, column);
    quads.forEach((number, place) => (column[place + 2] += number));
  }
  return [...columns.values()];
};

/** First and last of the days in which density has anything; undefined where all is open or there is nothing. */
export const extentOf = ({ unit, buckets, imprecise }) => {
  const ends = [...buckets, ...imprecise.filter(({ start }) => start)].map((bucket) => {
    const [tier, day] = [UNITS.indexOf(bucket.unit ?? unit), daysOf(bucket.start)[0]];
    return [day, tileStart(tier, tileAt(tier, day) + 1)];
  });
  return ends.length ? [min(...ends.map(([first]) => first)), max(...ends.map(([, last]) => last))] : undefined;
};

// How it is drawn

const outlines = {
  "verbal-cooperation": (path) => path.arc(0, 0, 6, 0, 7),
  "material-cooperation": (path) => path.rect(-5.5, -5.5, 11, 11),
  "verbal-conflict": (path) => polygon(path, 0, -7, 7, 0, 0, 7, -7, 0),
  "material-conflict": (path) => polygon(path, 0, -7, 7, 5, -7, 5),
};
const polygon = (path, ...points) => {
  for (let each = 0; each < points.length; each += 2) path.lineTo(points[each], points[each + 1]);
  path.closePath();
};
const lines = (ink, ...points) => {
  ink.beginPath();
  for (let each = 0; each < points.length; each += 4) {
    ink.moveTo(points[each], points[each + 1]);
    ink.lineTo(points[each + 2], points[each + 3]);
  }
  ink.stroke();
};
/** Diagonal lines from one x to another, 18 pixels high, inside a shape. */
const hatch = (ink, shape, left, right) => {
  ink.save();
  ink.clip(shape);
  ink.lineWidth = 1;
  for (let x = left - 18; x < right; x += 3.5) lines(ink, x, 9, x + 18, -9);
  ink.restore();
};
const isHollow = ({ occurrence, verification }) => occurrence !== "occurred" || verification === "retracted";
const isDoubted = ({ verification }) => verification === "alleged" || verification === "disputed";

/** An event's mark: its shape tells the quad class, how it is filled what is known of it. */
const drawMark = (ink, event, x, y, colors, today) => {
  const { quad, occurrence, verification } = event;
  const shape = new Path2D();
  outlines[quad](shape);
  ink.save();
  ink.translate(x, y);
  ink.strokeStyle = colors[quad];
  ink.globalAlpha = verification === "retracted" ? 0.4 : 1;
  ink.fillStyle = colors[isHollow(event) || isDoubted(event) ? "paper" : quad];
  ink.fill(shape);
  if (isDoubted(event)) hatch(ink, shape, verification === "alleged" ? -9 : 0, 9);
  if (verification === "disputed" && !isHollow(event)) {
    ink.save();
    ink.clip(shape);
    ink.fillStyle = colors[quad];
    ink.fillRect(-9, -9, 9, 18);
    ink.restore();
  }
  ink.lineWidth = 1.75;
  ink.setLineDash(event.isVague ? [1.5, 2] : []);
  ink.stroke(shape);
  ink.setLineDash([]);
  ink.strokeStyle = colors.ink;
  if (occurrence === "cancelled" || occurrence === "postponed") lines(ink, -7, -7, 7, 7, -7, 7, 7, -7);
  if (isOverdue(event, today)) lines(ink, -10, 0, 10, 0);
  ink.restore();
};

/** A date that is no single day, as a bar that fades where it may not reach; `x` takes pixels from day 0. */
const drawBar = (ink, { event, from, to }, y, x, width, scale, colors) => {
  const [start, end] = [x(from), min(x(to), to === Infinity ? width : Infinity)];
  const [left, right] = [max(-9, start), min(width + 9, end)];
  if (right <= left) return;
  const faded = (strength) => {
    const gradient = ink.createLinearGradient(start, 0, end, 0);
    for (const [share, alpha] of fadesOf(event, end - start, scale))
      gradient.addColorStop(share, colors[event.quad] + round(strength * alpha * 255).toString(16).padStart(2, "0"));
    return gradient;
  };
  const shape = new Path2D();
  shape.rect(left, -9, right - left, 18);
  ink.save();
  ink.translate(0, y);
  ink.globalAlpha = event.verification === "retracted" ? 0.4 : 1;
  ink.fillStyle = faded(0.2);
  if (!isHollow(event)) ink.fill(shape);
  ink.strokeStyle = faded(0.4);
  if (isDoubted(event)) hatch(ink, shape, left, right);
  ink.strokeStyle = faded(0.9);
  ink.lineWidth = 1.25;
  ink.setLineDash(event.isVague ? [1.5, 3] : []);
  lines(ink, left, -9, right, -9, left, 9, right, 9);
  ink.setLineDash([]);
  ink.strokeStyle = colors[event.quad];
  const arrow = (tip, way) => lines(ink, tip, 0, tip + 6 * way, -5, tip, 0, tip + 6 * way, 5, tip, 0, tip + 20 * way, 0);
  if (event.from === null) arrow(start, 1);
  if (event.to === null) arrow(end, -1);
  ink.restore();
};

/** Columns that stand on a line, the quad classes on top of each other; `x` takes days. */
const drawColumns = (ink, columns, x, base, high, colors) => {
  const per = high / max(...columns.map(([from, to, ...quads]) => quads.reduce((a, b) => a + b) / (to - from)));
  for (const [from, to, ...quads] of columns) {
    const [left, width] = [x(from), max(1.5, x(to) - x(from) - 0.5)];
    let y = base;
    quads.forEach((number, place) => {
      const height = (number / (to - from)) * per;
      ink.fillStyle = colors[QUADS[place]];
      ink.fillRect(left, (y -= height), width, height);
    });
  }
};

// The element

/** Each color in light, dark and, where colors are forced, the system's: `--timeline-ink` sets one. */
const COLORS = {
  ink: ["#1c1b19", "#ebe8e1", "CanvasText"],
  paper: ["#fdfcf9", "#1a1a18", "Canvas"],
  faint: ["#63605a", "#a9a59c", "CanvasText"],
  line: ["#dcd8cf", "#3a3935", "GrayText"],
  accent: ["#1f5f8b", "#8cc4ec", "LinkText"],
  "verbal-cooperation": ["#0072b2", "#56b4e9", "CanvasText"],
  "material-cooperation": ["#00735b", "#2bc49b", "CanvasText"],
  "verbal-conflict": ["#a66300", "#f0b84b", "CanvasText"],
  "material-conflict": ["#b8430e", "#ff8a5b", "CanvasText"],
};
const tokens = (value) => Object.entries(COLORS).map(([name, colors]) => `--chancery-${name}: ${value(name, ...colors)};`).join("");
for (const name of Object.keys(COLORS))
  try {
    // Or a canvas would be given "light-dark(…)" instead of a color.
    CSS.registerProperty({ name: `--chancery-${name}`, syntax: "<color>", inherits: true, initialValue: "gray" });
  } catch {} // by another copy of this module
const STYLE = `
:host { ${tokens((name, light, dark) => `var(--timeline-${name}, light-dark(${light}, ${dark}))`)}
  --sans: var(--timeline-sans, system-ui, sans-serif); color-scheme: light dark; display: block;
  color: var(--chancery-ink); background: var(--chancery-paper); font-variant-numeric: tabular-nums lining-nums;
  font: 15px/1.25 var(--timeline-serif, Charter, "Iowan Old Style", Georgia, serif); }
@media (forced-colors: active) { :host { ${tokens((name, light, dark, system) => system)} } }
:host([hidden]), [hidden] { display: none !important; }
header, .message { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; padding: 8px; }
header, .message, small { font: 13px/1.5 var(--sans); color: var(--chancery-faint); }
header p { flex: 1 1 14rem; margin: 0; }
button { font: inherit; color: inherit; background: none; border: 0; padding: 0; text-align: start; cursor: pointer; }
header button, .message button { min-width: 32px; height: 32px; padding: 0 10px; text-align: center;
  border: 1px solid var(--chancery-line); border-radius: 3px; color: var(--chancery-ink); }
:focus-visible { outline: 2px solid var(--chancery-accent); outline-offset: 1px; }
.plot { position: relative; overflow: hidden; direction: ltr; height: var(--timeline-height, 27rem);
  touch-action: pan-y; cursor: grab; user-select: none; }
canvas { position: absolute; width: 100%; height: 100%; }
.plot button { position: absolute; left: 0; top: 0; height: ${DENSITY}px; }
.plot [part=event] { height: 26px; max-width: 280px; padding: 0 4px 0 ${MARK}px; border-radius: 3px;
  overflow: hidden; text-overflow: ellipsis; white-space: nowrap; unicode-bidi: isolate; }
.plot [part=event]:hover, [aria-current] { text-decoration: underline; text-underline-offset: 3px; }
section, ol { padding: 16px 8px; border-top: 1px solid var(--chancery-line); max-width: 68ch; line-height: 1.5; }
h2 { font-weight: normal; font-size: 21px; line-height: 1.25; margin: 0; }
h2, p, li { overflow-wrap: anywhere; }
ul, ol { margin: 0; padding-inline: 8px; list-style: none; }
li { margin-block: 8px; }
a { color: var(--chancery-accent); }`;


/** An element with attributes, functions among them listeners, and what is in it. */
const make = (tag, attributes, ...content) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes))
    typeof value === "function" ? made.addEventListener(name, value) : made.setAttribute(name, value);
  made.append(...content);
  return made;
};
const button = (words, click, attributes = {}) => make("button", { type: "button", click, ...attributes }, words);
const link = (address, text) => (/^https?:/.test(address) ? make("a", { href: address }, text) : text);
const STANCES = { announces: "Announced", postpones: "Postponed", cancels: "Cancelled", alleges: "Alleged", reports: "Reported",
  denies: "Denied", retracts: "Retracted", mentions: "Mentioned" };
/** What a claim says, from whom, and through whose hands it came. */
const claimItem = ({ stance, source, via, date, locator, note }) => {
  const told = ({ url, publisher, title, published_label }) =>
    [link(url, isolated(publisher?.name ?? title)), published_label ? `, ${published_label}` : ""];
  const aside = [date?.label, locator, note].filter(Boolean).map(isolated).join("; ");
  return make("li", {}, `${STANCES[stance]} by `, ...told(source), ...via.flatMap((one) => ["; read in ", ...told(one)]), make("small", {}, ` ${aside}`));
};

export class DiplomaticTimeline extends HTMLElement {
  static observedAttributes = ["src", "from", "to", "lanes", "selected", "page", ...FILTERS.map(attributeOf)];
  #caption = make("p", { part: "caption", role: "status" }, "Loading …");
  #message = make("div", { class: "message", part: "message", hidden: "" });
  #canvas = make("canvas", { "aria-hidden": "true" });
  #ink = this.#canvas.getContext("2d");
  #periods = make("div", { role: "group", "aria-label": "Events by period" });
  #events = make("div", { role: "group", "aria-label": "Events" });
  #plot = make("div", { class: "plot", part: "plot" }, this.#canvas, this.#periods, this.#events);
  #panel = make("section", { part: "panel", tabindex: "-1", "aria-label": "Chosen event", hidden: "" });
  #list = make("ol", { part: "list", hidden: "" });
  #listed = button("List", () => this.toggleList(), { "aria-expanded": "false" });
  #slot = make("slot", {});
  #tiles = new Map();
  #buttons = new Map();
  #spare = [];
  #rows = new Map();
  #pointers = new Map();
  #requests = {};
  #pieces = [];
  #columns = [];
  #placed = [];
  #shown = [];
  #lanes = [];
  #colors = {};
  #sizes = new ResizeObserver(() => this.#resize());
  #known; #view; #width = 0; #height = 0; #overview; #extent; #drawn; #chosen; #frame; #timer; #undo; #glide;
  #isOld; #hasFailed; #hasMoved;

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    root.append(
      make("header", { part: "toolbar" }, this.#caption,
        button("−", () => this.zoom(2), { "aria-label": "Zoom out" }),
        button("+", () => this.zoom(0.5), { "aria-label": "Zoom in" }),
        button("All", () => this.showAll(), { "aria-label": "All of the time" }), this.#listed),
      this.#message, this.#plot, this.#panel, this.#list, this.#slot);
  }

  connectedCallback() {
    this.#undo = new AbortController();
    const on = (target, names, handle) => names.split(" ").forEach((name) =>
      target.addEventListener(name, handle, { signal: this.#undo.signal, passive: false }));
    on(this.#plot, "pointerdown pointermove pointerup pointercancel", (event) => this.#point(event));
    on(this.#plot, "wheel", (event) => this.#wheel(event));
    on(this.#plot, "keydown", (event) => this.#key(event));
    on(this.#plot, "click", ({ target }) => this.#click(target.dataset));
    on(this.#events, "focusin", ({ target }) => this.#choose(target.dataset.id));
    on(this.#panel, "keydown", ({ key }) => key === "Escape" && this.select(null));
    on(window, "online", () => this.#hasFailed && this.reload());
    for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)"])
      on(matchMedia(query), "change", () => this.#redraw());
    this.#sizes.observe(this.#plot);
    this.reload();
  }

  disconnectedCallback() {
    this.#undo.abort();
    this.#sizes.disconnect();
    for (const request of Object.values(this.#requests)) request.abort();
    clearTimeout(this.#timer);
    cancelAnimationFrame(this.#frame);
    this.#frame = undefined;
  }

  attributeChangedCallback(name, before, now) {
    if (before === now || !this.isConnected) return;
    if (name === "selected") this.#tell();
    else if (name === "lanes") this.#redraw();
    else if (name === "from" || name === "to") this.#showOpening();
    else if (name !== "page") this.reload();
  }

  /** Start anew, with other filters, at another moment or after a failure: what is drawn stays until there is better. */
  reload() {
    if (!this.#isOld) queueMicrotask(() => this.isConnected && this.#open());
    this.#isOld = true;
  }
  /** Show all between two years, months or days; or one of them. Throws RangeError. */
  showSpan(from, to = from) {
    const [start, end] = [daysOf(from)?.[0], daysOf(to)?.[1]];
    if (!(start < end)) throw new RangeError(`"${from}" to "${to}" is no span: write years, months or days as in 1973-10`);
    this.#show(start, end, true);
  }
  showAll() {
    if (this.#extent) this.#show(...this.#whole, true);
  }
  /** Show so many times as much, around a place in pixels. */
  zoom(factor, x = this.#width / 2, isSmooth = true) {
    const { start, scale } = this.#view;
    const most = (1.5 * (this.#whole[1] - this.#whole[0])) / this.#width;
    const wanted = max(1 / 160, min(scale * factor, most));
    this.#show(start + x * (scale - wanted), start + x * (scale - wanted) + this.#width * wanted, isSmooth);
  }
  select(id) {
    this.selected = id;
  }
  toggleList() {
    this.#list.hidden = !this.#list.hidden;
    this.#listed.ariaExpanded = !this.#list.hidden;
    this.#fill();
  }
  /** What is seen, in EDTF. */
  get view() {
    return this.#view && { from: edtfOf(this.#view.start), to: edtfOf(ceil(this.#end) - 1) };
  }

  get #end() {
    return this.#view.start + this.#width * this.#view.scale;
  }
  get #today() {
    return daysOf(this.asOf)?.[1] ?? floor(Date.now() / 864e5);
  }
  /** All of the time with some room to both sides. */
  get #whole() {
    const [start, end] = this.#extent ?? [this.#today - 365, this.#today];
    const room = max(2, (end - start) * 0.04);
    return [start - room, end + room];
  }
  #x(day) {
    return (day - this.#view.start) / this.#view.scale;
  }

  /** The JSON of an address; undefined where it failed, or was asked for again for the same purpose. */
  async #ask(purpose, path, parameters = {}) {
    this.#requests[purpose]?.abort();
    const { signal } = (this.#requests[purpose] = new AbortController());
    const address = new URL(path, new URL(this.src, document.baseURI));
    const filters = purpose === "event" ? ["as_of", "snapshot"] : FILTERS;
    for (const name of filters) parameters[name] ??= this.getAttribute(attributeOf(name)) || undefined;
    for (const [name, value] of Object.entries(parameters)) if (value !== undefined) address.searchParams.set(name, value);
    try {
      const answer = await fetch(address, { signal, headers: { Accept: "application/json" } });
      const json = await answer.json();
      if (answer.ok) return json;
      throw new Error(json.detail);
    } catch (error) {
      if (signal.aborted) return undefined;
      this.#hasFailed = true;
      const reason = error.constructor === Error ? error.message : navigator.onLine ? "The server cannot be reached." : "You are offline.";
      this.#say(reason, ["Try again", () => this.reload()]);
      this.#emit("timelineerror", { message: reason });
      return undefined;
    }
  }
  #emit(name, detail) {
    return this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable: true }));
  }
  #say(text, ...buttons) {
    this.#message.hidden = !text;
    if (this.#message.firstChild?.textContent === text) return;
    this.#message.replaceChildren(make("span", { role: "alert" }, text), ...buttons.map(([words, click]) => button(words, click)));
  }

  async #open() {
    this.#hasFailed = false;
    this.#showOpening();
    this.#tell();
    const overview = await this.#ask("overview", "timeline/density/", { buckets: 200, by: "quad" });
    if (!overview) return;
    this.#overview = {
      ...overview,
      columns: overview.buckets.map(({ start, by }) => {
        const [tier, day] = [UNITS.indexOf(overview.unit), daysOf(start)[0]];
        return [day, tileStart(tier, tileAt(tier, day) + 1), ...QUADS.map((quad) => by[quad] ?? 0)];
      }),
    };
    this.#extent = extentOf(overview);
    if (!this.#view) this.#show(...this.#whole);
    this.#redraw();
  }
  #showOpening() {
    const [start, end] = [daysOf(this.from || this.to)?.[0], daysOf(this.to || this.from)?.[1]];
    if (start < end) this.#show(start, end);
    else if (this.#view) this.#soon();
  }
  #resize() {
    const end = this.#view && this.#end;
    [this.#width, this.#height] = [this.#plot.clientWidth, this.#plot.clientHeight];
    if (this.#width && this.#view) this.#show(this.#view.start, end);
  }

  /** Move the view at once, or over a fifth of a second for those who do not mind. */
  #show(start, end, isSmooth) {
    const begun = performance.now();
    const before = isSmooth && this.#view && !matchMedia("(prefers-reduced-motion)").matches && [this.#view.start, this.#end];
    this.#glide = (now) => {
      const share = before ? 1 - (1 - max(0, min(1, (now - begun) / 200))) ** 3 : 1;
      const at = (place, to) => (before ? before[place] + (to - before[place]) * share : to);
      this.#view = { start: at(0, start), scale: (at(1, end) - at(0, start)) / this.#width };
      if (share === 1) this.#glide = undefined;
    };
    if (!before) this.#glide();
    this.#queue();
    this.#soon();
  }
  #soon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#settle(), 150);
  }
  /** Once the view rests, ask for the tiles that it lacks, half its width to both sides included. */
  async #settle() {
    const { tier, indexes } = this.#needed();
    const missing = indexes.filter((index) => this.#isOld || !this.#tiles.has(`${tier}/${index}`));
    if (missing.length) {
      const [from, to] = [edtfOf(tileStart(tier, missing[0])), edtfOf(tileStart(tier, missing.at(-1) + 1) - 1)];
      const answer = await this.#ask("tiles", "timeline/tiles/", { z: tier, from, to, k: 24, s: 12 });
      if (!answer) return;
      if (this.#isOld) this.#tiles.clear();
      this.#isOld = false;
      for (const { z, index, label, total, items, spans, density, countries } of answer.tiles) {
        const events = [...items, ...spans].map((item) => eventOf(item, countries));
        this.#tiles.set(`${z}/${index}`, { tier: z, index, label, total, events, counts: density?.counts ?? [] });
      }
      for (const key of this.#tiles.keys()) if (this.#tiles.size > 72) this.#tiles.delete(key);
      this.#slot.hidden = true;
      this.#redraw();
    }
    this.#fill();
    this.#emit("viewchange", this.view);
  }
  #needed() {
    const { start, scale } = this.#view;
    const tier = tierOf(scale, this.#width);
    const around = (this.#width * scale) / 2;
    const first = tileAt(tier, start - around);
    return { tier, indexes: Array.from({ length: tileAt(tier, this.#end + around) - first + 1 }, (_, place) => first + place) };
  }

  /** What to draw: the tiles of the view; for each that is not here yet, what there is of its ancestors, or was drawn before. */
  #gather() {
    const { tier, indexes } = this.#needed();
    const pieces = indexes.flatMap((index) => {
      const [start, end] = [tileStart(tier, index), tileStart(tier, index + 1)];
      for (let z = tier; z >= 0; z -= 1) {
        const key = `${z}/${tileAt(z, start)}`;
        const tile = this.#tiles.get(key);
        if (!tile) continue;
        this.#tiles.delete(key); // and to the end of those that are kept
        this.#tiles.set(key, tile);
        return [{ tile, start, end }];
      }
      return [];
    });
    if (pieces.length === indexes.length || !this.#pieces.length) this.#pieces = pieces;
  }

  #redraw() {
    this.#drawn = undefined;
    this.#queue();
  }
  #queue() {
    this.#frame ??= requestAnimationFrame((now) => {
      this.#frame = undefined;
      this.#glide?.(now);
      if (this.#view && this.#width) this.#render();
      if (this.#glide) this.#queue();
    });
  }

  #render() {
    const { tier, indexes } = this.#needed();
    const drawn = [this.#view.scale, tier, indexes[0], indexes.length, this.#width, this.#height].join();
    if (drawn !== this.#drawn) this.#arrange();
    this.#drawn = drawn;
    this.#place();
    this.#paint();
    if (!this.#glide) this.#describe();
  }

  #arrange() {
    const style = getComputedStyle(this);
    for (const name of Object.keys(COLORS)) {
      this.#ink.fillStyle = style.getPropertyValue(`--chancery-${name}`);
      this.#colors[name] = this.#ink.fillStyle.slice(0, 7);
    }
    this.#ink.font = style.font;
    this.#gather();
    const { scale } = this.#view;
    const events = new Map(this.#pieces.flatMap(({ tile }) => tile.events.map((event) => [event.id, event])));
    this.#known = events;
    const rows = max(1, floor((this.#height - DENSITY - AXIS - STRIP) / ROW));
    const widthOf = (event) => (event.width ??= min(250, this.#ink.measureText(labelOf(event)).width + 8));
    const key = { quad: "class" }[this.lanes] ?? this.lanes;
    const { placed, lanes, each } = arrange(events.values(), { scale, rows, key, widthOf, before: this.#rows, chosen: this.#chosen });
    this.#placed = placed;
    this.#lanes = lanes.map((name, place) => [name, this.#top((place + 1) * each - 1)]);
    this.#rows = new Map(placed.map(({ event, row }) => [event.id, row]));
    this.#columns = this.#pieces.flatMap(({ tile, start, end }) => columnsOf(tile, start, end, scale));
  }
  #top(row) {
    return this.#height - STRIP - AXIS - DENSITY - (row + 1) * ROW;
  }

  /** Give the most important events in view their buttons, in order of time; no button that stays is moved in the tree. */
  #place() {
    const origin = this.#view.start / this.#view.scale;
    const isSeen = ({ event, left, right }) => event.id === this.#chosen || (right > origin && left < origin + this.#width);
    this.#shown = this.#placed.filter(isSeen).slice(0, 40).sort((a, b) => a.event.at - b.event.at || (a.event.id < b.event.id ? -1 : 1));
    const ids = this.#shown.map(({ event }) => event.id);
    for (const [id, made] of this.#buttons)
      if (!ids.includes(id)) {
        made.remove();
        this.#spare.push(made);
        this.#buttons.delete(id);
      }
    let next = this.#events.firstChild;
    for (const place of this.#shown) {
      const { event, left, right, isBar } = place;
      const made = this.#buttons.get(event.id) ?? this.#spare.pop() ?? button("", undefined, { part: "event" });
      if (this.#buttons.get(event.id)) next = made.nextSibling;
      else this.#events.insertBefore(made, next);
      this.#buttons.set(event.id, made);
      if (made.dataset.id !== event.id) {
        made.dataset.id = event.id;
        made.textContent = labelOf(event);
      }
      const words = [labelOf(event), event.isDay && event.date, statusWords(event, this.#today), event.class, this.lanes && event[this.lanes]];
      made.ariaLabel = words.filter(Boolean).join(", ");
      made.ariaCurrent = event.id === this.selected ? "true" : null;
      made.tabIndex = event.id === (ids.includes(this.#chosen) ? this.#chosen : ids[0]) ? 0 : -1;
      place.x = round(isBar ? max(left - origin + 12, min(12, right - origin - event.width - MARK)) : left - origin + MARK / 2);
      made.style.transform = `translate(${place.x - 11}px, ${this.#top(place.row)}px)`;
    }
  }

  #paint() {
    const [ink, colors, width, ratio] = [this.#ink, this.#colors, this.#width, devicePixelRatio];
    const { start, scale } = this.#view;
    const base = this.#top(-1) + DENSITY;
    [this.#canvas.width, this.#canvas.height] = [round(width * ratio), round(this.#height * ratio)];
    ink.scale(ratio, ratio);
    ink.font = getComputedStyle(this.#caption).font;
    ink.fillStyle = colors.faint;
    ink.strokeStyle = colors.line;
    for (const [day, words] of ticksOf(start - 99 * scale, this.#end, scale)) {
      const x = round(this.#x(day)) + 0.5;
      lines(ink, x, 0, x, base + 5);
      ink.fillText(words, x + 4, base + 16);
    }
    for (const [name, y] of this.#lanes) {
      lines(ink, 0, y + 0.5, width, y + 0.5);
      ink.fillText(name, 4, y + 14);
    }
    ink.strokeStyle = colors.faint;
    lines(ink, 0, base + 0.5, width, base + 0.5);
    const x = (day) => this.#x(day);
    if (this.#columns.length) drawColumns(ink, this.#columns, x, base, DENSITY - 8, colors);
    for (const place of this.#shown)
      if (place.isBar) drawBar(ink, place, this.#top(place.row) + 13, (pixels) => pixels - start / scale, width, scale, colors);
    for (const { event, x, row } of this.#shown) drawMark(ink, event, x, this.#top(row) + 13, colors, this.#today);
    if (!this.#extent) return;
    const [first, last] = this.#whole;
    const along = (day) => ((day - first) / (last - first)) * width;
    drawColumns(ink, this.#overview.columns, along, this.#height, STRIP - 4, colors);
    ink.strokeStyle = colors.accent;
    const [left, right] = [max(1, along(start)), min(width - 1, along(this.#end))];
    ink.strokeRect(left, base + AXIS + 1, max(3, right - left), STRIP - 2);
  }

  /** What is in view, in words; and for each of its periods a button that leads into it. */
  #describe() {
    const { start } = this.#view;
    const seen = new Map(this.#pieces.map(({ tile }) => [tile.label, tile]));
    const periods = [...seen.values()].filter(({ tier, index, total }) =>
      total !== 0 && tileStart(tier, index) < this.#end && tileStart(tier, index + 1) > start);
    while (this.#periods.children.length > periods.length) this.#periods.lastChild.remove();
    periods.forEach(({ tier, index, label, total }, place) => {
      const made = this.#periods.children[place] ?? this.#periods.appendChild(button("", undefined, { part: "period" }));
      const [first, last] = [tileStart(tier, index), tileStart(tier, index + 1)];
      const [left, right] = [max(0, this.#x(first)), min(this.#width, this.#x(last))];
      made.style.transform = `translate(${left}px, ${this.#top(-1)}px)`;
      made.style.width = `${right - left}px`;
      made.title = made.ariaLabel = `${label}: ${total === null ? "not counted" : countWords(total)}`;
      made.tabIndex = place ? -1 : 0;
      Object.assign(made.dataset, { from: edtfOf(first), to: edtfOf(last - 1) });
    });
    const { total, query } = this.#overview ?? {};
    const moment = this.asOf && `, as known on ${this.asOf}`;
    const words = `${spanWords(start, this.#end)}${moment}: ` + (total === undefined ? "loading …" : `${this.#shown.length} of ${countWords(total)}`);
    if (this.#caption.textContent !== words) this.#caption.textContent = words;
    if (this.#hasFailed) return;
    if (total === 0) this.#say(`There is nothing to show of this: ${query.words}${moment}.`);
    else this.#say(this.#shown.length || this.#isOld || !this.#pieces.length ? "" : "Nothing is dated to this time.", ...this.#nearest());
  }
  #nearest() {
    const half = (this.#end - this.#view.start) / 2;
    const columns = this.#overview?.columns ?? [];
    const [before, after] = [columns.findLast(([, to]) => to <= this.#view.start), columns.find(([from]) => from >= this.#end)];
    return [["←", before], ["→", after]].filter(([, column]) => column).map(([arrow, [day]]) =>
      [`${arrow} ${yearWords(civilOf(day)[0])}`, () => this.#show(day - half, day + half, true)]);
  }

  /** One pointer pans, or moves what is in view along the strip; two pinch. */
  #point(event) {
    const { type, pointerId, clientX, clientY } = event;
    const before = this.#pointers.get(pointerId);
    if (type === "pointerdown") {
      if (!event.button) this.#pointers.set(pointerId, { clientX, clientY });
      this.#hasMoved = this.#pointers.size > 1;
    } else if (type !== "pointermove") this.#pointers.delete(pointerId);
    else if (before && this.#view && (this.#hasMoved || abs(clientX - before.clientX) > 4)) {
      this.#hasMoved = true;
      this.#plot.setPointerCapture(pointerId);
      const { left, bottom } = this.#plot.getBoundingClientRect();
      const [other] = [...this.#pointers].filter(([id]) => id !== pointerId).map(([, one]) => one);
      const gap = (one) => max(20, abs(one.clientX - other.clientX));
      const days = (before.clientX - clientX) * this.#view.scale;
      if (other) this.zoom(gap(before) / gap(event), (clientX + other.clientX) / 2 - left, false);
      else if (before.clientY > bottom - STRIP) this.#pan((days / (this.#end - this.#view.start)) * (this.#whole[0] - this.#whole[1]));
      else this.#pan(days);
      this.#pointers.set(pointerId, { clientX, clientY: before.clientY });
    }
  }
  #pan(days, isSmooth) {
    const [first, last] = this.#whole;
    const length = this.#end - this.#view.start;
    const start = max(first - length * 0.9, min(last - length * 0.1, this.#view.start + days));
    this.#show(start, start + length, isSmooth);
  }
  /** The wheel scrolls the page, unless Ctrl or ⌘ is held or the focus is here; sideways it pans. */
  #wheel(event) {
    const { deltaX, deltaY, ctrlKey, metaKey, clientX } = event;
    const isSideways = abs(deltaX) > abs(deltaY);
    if (!this.#view || !(isSideways || ctrlKey || metaKey || this.shadowRoot.activeElement)) return;
    event.preventDefault();
    if (isSideways) this.#pan(deltaX * this.#view.scale);
    else this.zoom(1.003 ** max(-300, min(300, deltaY)), clientX - this.#plot.getBoundingClientRect().left, false);
  }
  #click({ id, from, to }) {
    if (this.#hasMoved) return;
    if (id) this.select(id);
    else if (from) this.showSpan(from, to);
  }
  #choose(id) {
    this.#chosen = id;
    this.#redraw();
  }
  #key(event) {
    const { key, target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || !this.#view) return;
    const length = this.#end - this.#view.start;
    const isPeriod = target.parentNode === this.#periods;
    const go = isPeriod ? (by) => (by < 0 ? target.previousSibling : target.nextSibling)?.focus() : (by) => this.#go(by);
    const act = {
      "+": () => this.zoom(0.5), "=": () => this.zoom(0.5), "-": () => this.zoom(2),
      ArrowLeft: () => go(-1), ArrowUp: () => go(-1), ArrowRight: () => go(1), ArrowDown: () => go(1),
      PageUp: () => this.#pan(-length, true), PageDown: () => this.#pan(length, true),
      Home: () => this.#pan(-1e9), End: () => this.#pan(1e9),
    }[key];
    if (!act) return;
    event.preventDefault();
    act();
  }
  /** To the event before or after the chosen one, in view or not. */
  #go(by) {
    const events = [...this.#known.values()].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
    const next = events[events.findIndex(({ id }) => id === this.#chosen) + by];
    if (!next) return;
    const length = this.#end - this.#view.start;
    if (next.at < this.#view.start || next.at > this.#end) this.#show(next.at - length / 2, next.at + length / 2);
    this.#chosen = next.id;
    this.#drawn = undefined;
    this.#render();
    this.#buttons.get(next.id)?.focus({ preventScroll: true });
  }

  /** Tell what is known of the selected event, from whom, and how it reached them. */
  async #tell() {
    const id = this.selected;
    this.#redraw();
    const wasOpen = !this.#panel.hidden;
    this.#panel.hidden = !id;
    if (!id) return void (wasOpen && this.#buttons.get(this.#chosen)?.focus());
    if (!this.#emit("eventselect", { id })) return void (this.#panel.hidden = true);
    this.#panel.replaceChildren("Loading …");
    this.#panel.focus();
    const event = await this.#ask("event", `events/${encodeURIComponent(id)}/`);
    if (!event) return void (this.#panel.hidden = true);
    const page = new URL((this.page || "/events/{id}/").replace("{id}", encodeURIComponent(id)), this.page ? document.baseURI : new URL(this.src, document.baseURI));
    this.#panel.replaceChildren(
      make("small", {}, `${event.date.label} · ${event.kind.label}`),
      make("h2", { dir: "auto" }, event.title),
      make("p", { dir: "auto" }, event.summary),
      make("p", {}, event.status_words),
      make("ul", { "aria-label": "Who says what" }, ...event.claims.map(claimItem)),
      link(page.href, "All that is known of it"), " ", button("Close", () => this.select(null)));
  }

  /** Fill the list, where it is open, with all events of the view; `next` leads on. */
  async #fill(next) {
    if (this.#list.hidden || !this.#view) return;
    const asked = next ? Object.fromEntries(new URL(next, location).searchParams) : { ...this.view, page_size: 25 };
    const page = await this.#ask("list", "events/", { ...asked, fields: "id,title,date,occurrence,verification" });
    if (!page) return;
    const rows = page.results.map((event) => make("li", {}, button(isolated(event.title), () => this.select(event.id)),
      make("small", {}, ` ${event.date.label}: ${event.occurrence}, ${event.verification}`)));
    if (page.next) rows.push(make("li", {}, button("More", ({ target }) => target.parentNode.remove() ?? this.#fill(page.next))));
    if (!next) this.#list.replaceChildren();
    this.#list.append(...rows);
  }
}

for (const name of DiplomaticTimeline.observedAttributes)
  Object.defineProperty(DiplomaticTimeline.prototype, name.replace(/-(.)/g, (_, letter) => letter.toUpperCase()), {
    get() {
      return this.getAttribute(name) ?? "";
    },
    set(value) {
      value === null || value === "" ? this.removeAttribute(name) : this.setAttribute(name, value);
    },
    enumerable: true,
    configurable: true,
  });

if (!customElements.get("diplomatic-timeline")) customElements.define("diplomatic-timeline", DiplomaticTimeline);
