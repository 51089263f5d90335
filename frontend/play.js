/* A slider over the days of the events in a network, which plays: what happened later, and who came later, is not there yet. */
import { element } from "./marks.js";
import { dayOf, say } from "./words.js";

const DAY = 86400000;
const LASTING = 12000; // ms that all days take when they are played
const STEP = 100; // ms between two pictures
const FEWEST = 2; // days below which there is nothing to play

/* The first day of each node: its own, else the first of what it is joined to; what has none is there at the end. */
export function firstDays(nodes, edges) {
  const days = new Map(nodes.filter(({ day }) => day).map(({ id, day }) => [id, Date.parse(`${day}T00:00Z`)]).filter(([, time]) => time === time));
  const own = new Set(days.keys());
  for (let round = 0; round < 2; round += 1)
    for (const { from, to } of edges)
      for (const [one, other] of [[from, to], [to, from]])
        if (!own.has(one) && days.has(other)) days.set(one, Math.min(days.get(one) ?? Infinity, days.get(other)));
  return days;
}

/* Arguments: what hides the nodes after a moment, all shown for null; what is told the day ("2022-03-18", null for all) at which a
   reader leaves the slider. Returns: the element, what is called for another picture, and what moves it to a day. */
export function player(show, left) {
  const state = { timer: 0, days: [] };
  const play = element("button", { type: "button", "aria-label": say("Play the days") }, "▶");
  const range = element("input", { type: "range", min: "0", max: "1000", value: "1000", "aria-label": say("Until which day") });
  const said = element("output", { class: "kb-until" });
  const root = element("div", { class: "kb-play" }, play, range, said);
  const moment = () => {
    const [first, last] = [state.days[0], state.days.at(-1)];
    return range.value === "1000" ? null : first + Math.round(((last - first) * Number(range.value)) / 1000 / DAY) * DAY;
  };
  const tell = () => {
    const now = moment();
    said.textContent = now == null ? say("all days") : say("until {date}", { date: dayOf(now) });
    range.setAttribute("aria-valuetext", said.textContent);
    show(now);
  };
  const leave = () => { const now = moment(); left(now == null ? null : new Date(now).toISOString().slice(0, 10)); };
  const stop = () => { clearInterval(state.timer); state.timer = 0; play.textContent = "▶"; play.setAttribute("aria-label", say("Play the days")); };
  const start = () => {
    if (range.value === "1000") range.value = "0";
    play.textContent = "❚❚";
    play.setAttribute("aria-label", say("Stop playing"));
    state.timer = setInterval(() => {
      range.value = String(Math.min(1000, Number(range.value) + (1000 * STEP) / LASTING));
      tell();
      if (range.value === "1000") { stop(); leave(); }
    }, STEP);
  };
  range.step = "any";
  play.onclick = () => { if (!state.timer) return start(); stop(); leave(); };
  range.onchange = leave;
  range.oninput = () => { stop(); if (Number(range.value) > 999) range.value = "1000"; tell(); };
  const to = (day) => {
    const [at, first, last] = [Date.parse(`${day}T00:00Z`), state.days[0], state.days.at(-1)];
    range.value = at >= first && at < last ? String(((at - first) / (last - first)) * 1000) : "1000";
    tell();
  };
  return { root, stop, to, load(days) {
    stop();
    state.days = [...new Set(days)].sort((a, b) => a - b);
    root.hidden = state.days.length < FEWEST;
    range.value = "1000";
    said.textContent = say("all days");
    range.setAttribute("aria-valuetext", said.textContent);
  } };
}
