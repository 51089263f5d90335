/* How one event is drawn, and what the marks stand for. */
import { element, mark, slotOf } from "./marks.js";
import { number, say } from "./words.js";
import { LONGEST_LABEL, MARK } from "./packing.js";

const SIGNS = { disputed: ["≠", "dates disagree"], corrected: ["✎", "date corrected"] };

export function toVis(item, { row, labelled, room }, all) {
  const classes = ["kb-event", `kb-slot-${slotOf(item.slot)}`];
  if (!labelled) classes.push("kb-mini");
  for (const trait of ["soft", "openStart", "openEnd", "unsure", "single"]) if (item[trait]) classes.push(`kb-${trait}`);
  const className = classes.join(" ");
  const known = [item.title, item.date, item.tag, item.disputed, item.corrected, item.start, item.end, item.group];
  return { id: item.id, type: "range", start: item.from, end: item.to, group: item.group || all, subgroup: String(row), row,
    labelled, room, item, className, key: JSON.stringify([row, className, labelled && room, known]) };
}

/* What is read aloud begins with what is seen. */
function aloud(item) {
  const signs = Object.keys(SIGNS).filter((name) => item[name]).map((name) => say(SIGNS[name][1]));
  const single = item.single ? [say("one source")] : [];
  return `${item.tag ? `${item.tag} ` : ""}${item.title} — ${[item.date, ...signs, ...single].join(", ")}`;
}

/* As high as timeline.css makes them. The library would measure each mark once it is in the page, and each time have the
   browser lay out all of the page anew: seconds for three hundred. */
export function knowSizes(chart) {
  chart.itemSet.constructor.types.range.prototype._getDomComponentsSizes = function sizes() {
    Object.assign(this, { overflow: true, whiteSpace: false }); // a title goes beyond its mark, in one line
    const width = this.data.labelled ? LONGEST_LABEL : MARK;
    return { content: { width }, box: { height: this.data.labelled === false ? 14 : 24 } };
  };
}

export function drawItem(shown) {
  if (!shown?.item) return "";
  const { item, labelled, room } = shown;
  const words = aloud(item);
  const button = element("button", { type: "button", class: "kb-item", "data-event": item.event, title: words,
    "aria-label": words, tabindex: "-1" }, mark(item.slot));
  if (!labelled) return button;
  if (item.tag) button.append(element("span", { class: "kb-tag" }, item.tag), " ");
  const title = element("span", { class: "kb-title" }, item.title);
  if (room > 0) title.style.maxWidth = `${room}px`;
  button.append(title);
  for (const [name, [sign]] of Object.entries(SIGNS))
    if (item[name]) button.append(element("span", { class: "kb-sign", "aria-hidden": "true" }, sign));
  return button;
}

/* The legend is the filter of types: what is pressed is shown, and everything where nothing is. */
export function legendOf(state, types) {
  const chosen = types.filter((type) => type.on).map((type) => type.type);
  const focused = document.activeElement?.dataset?.type;
  state.legend.replaceChildren(...types.map((type) => {
    const button = element("button", { type: "button", "data-type": type.type, "aria-pressed": String(type.on),
      title: type.on ? say("Show not only {type}", { type: type.label }) : say("Show only {type}", { type: type.label }) }, mark(type.slot),
      element("span", {}, type.label), element("span", { class: "kb-count" }, number(type.count)));
    button.onclick = () => {
      /* At once: a second choice may come before the first is answered. */
      legendOf(state, types.map((each) => (each === type ? { ...each, on: !each.on } : each)));
      state.rev = null; /* whatever is answered is drawn, also that all is as it was */
      state.set("types", type.on ? chosen.filter((each) => each !== type.type) : [...chosen, type.type]);
    };
    return button;
  }));
  if (focused) state.legend.querySelector(`[data-type="${CSS.escape(focused)}"]`)?.focus();
}

/* What else the marks say, in words. */
export function traitsOf() {
  const words = [say("≠ sources disagree on the date"), say("✎ date corrected by a human"), say("pale mark: one source"),
    say("dashed: doubtful, or not told as happened"), say("faded: about, or open-ended")];
  return element("p", { class: "kb-traits" }, words.join(" · "));
}
