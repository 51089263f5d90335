/* One shape and one colour per slot, so that nobody has to tell marks apart by colour alone.
   The colours keep at least 3:1 against both the light and the dark background. */
const SHAPES = [
  "M5 .6A4.4 4.4 0 1 1 5 9.4 4.4 4.4 0 0 1 5 .6Z",
  "M1 1H9V9H1Z",
  "M5 0 10 5 5 10 0 5Z",
  "M5 .4 9.9 9.2H.1Z",
  "M5 9.6.1 .8H9.9Z",
  "M3.4.4H6.6V3.4H9.6V6.6H6.6V9.6H3.4V6.6H.4V3.4H3.4Z",
  "M2.6.8H7.4L9.8 5 7.4 9.2H2.6L.2 5Z",
  "M5 0 6.5 3.5 10 3.8 7.3 6.2 8.1 9.8 5 7.8 1.9 9.8 2.7 6.2 0 3.8 3.5 3.5Z",
  "M5 1.2A3.8 3.8 0 1 1 5 8.8 3.8 3.8 0 0 1 5 1.2Z",
];
const HOLLOW = 8;
/* The shapes of the slots after the hollow one, whose colours are in marks.css: each pair of both stands for one thing. */
const FURTHER = [2, 0, 0, 4, 4, 3, 5, 3, 0];
const LAST = HOLLOW + FURTHER.length;
const SVG = "http://www.w3.org/2000/svg";

export const slotOf = (slot) => (slot >= 0 && slot <= LAST ? slot : HOLLOW);

const shapeOf = (slot) => SHAPES[slot > HOLLOW ? FURTHER[slot - HOLLOW - 1] : slot];

export function mark(slot) {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  svg.setAttribute("viewBox", "0 0 10 10");
  svg.setAttribute("class", `kb-mark kb-slot-${slotOf(slot)}`);
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", shapeOf(slotOf(slot)));
  svg.append(path);
  return svg;
}

export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}
