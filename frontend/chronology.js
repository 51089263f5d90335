/* A table of events as reporters keep it: rows are selected, title, date, tags and notes are written where they stand. */
import "./marks.css";
import "./chronology.css";
import { element, mark } from "./marks.js";
import { number, say, speak } from "./words.js";

const live = new WeakMap();
const HEADS = ["Selected", "Date", "What happened", "Who", "Where", "Status", "Sources", "Tags", "Note"];

/* A cell that turns into a field while it is written in; Enter gives it, Escape leaves it as it was. */
function written(state, row, field, value, words, label, empty = "") {
  const button = element("button", { type: "button", class: "kb-write", "data-field": field,
    "aria-label": words ? say("{field}: {words}. Change it", { field: label, words }) : empty }, words || element("span", { class: "kb-nothing" }, empty));
  button.onclick = () => {
    const input = element(field === "note" ? "textarea" : "input", { class: "kb-field", "aria-label": label });
    input.value = value;
    let open = true;
    const leave = (save) => {
      if (!open) return;
      open = false;
      input.replaceWith(button);
      if (save && input.value.trim() !== value.trim()) {
        button.classList.add("kb-pending");
        button.textContent = `${input.value.trim()} …`;
        state.send("edit", { id: row.id, field, value: input.value.trim() });
      }
      button.focus();
    };
    input.onkeydown = (event) => {
      if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); leave(true); }
      else if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); leave(false); }
    };
    input.onblur = () => leave(true);
    button.replaceWith(input);
    input.focus();
    input.select();
  };
  return button;
}

function selection(state, row) {
  const box = element("input", { type: "checkbox", "aria-label": say("Select {title}", { title: row.title }) });
  box.checked = state.selected.has(row.id);
  box.onchange = () => {
    if (box.checked) state.selected.add(row.id);
    else state.selected.delete(row.id);
    box.closest("tr").classList.toggle("kb-chosen", box.checked);
    tellSelected(state);
  };
  return box;
}

function tellSelected(state) {
  const [all] = state.host.querySelectorAll("thead input");
  if (all) {
    all.checked = state.rows.length > 0 && state.rows.every((row) => state.selected.has(row.id));
    all.indeterminate = !all.checked && state.selected.size > 0;
  }
  clearTimeout(state.timer);
  state.timer = setTimeout(() => state.send("selected", [...state.selected]), 250);
}

function link(href, words) {
  return element("a", { href, target: "_self" }, words);
}

function cell(name, ...parts) {
  return element("td", { "data-part": name, "data-head": say(name) }, ...parts);
}

function happened(state, row) {
  const sentence = row.sentence ? [element("q", { class: "kb-sentence" }, row.sentence)] : [];
  const source = row.article ? [element("small", {}, link(row.articleHref, row.article))] : [];
  const title = element("div", { class: "kb-what" }, mark(row.slot), row.starred ? element("span", { class: "kb-star", title: say("Starred") }, "★") : "",
    state.fixed ? link(row.href, row.title) : written(state, row, "title", row.title, row.title, say("Title")),
    state.fixed ? "" : element("a", { href: row.href, target: "_self", class: "kb-open", "aria-label": say("Open {title}", { title: row.title }) }, say("Open")));
  return cell("What happened", title, ...sentence, ...source);
}

function drawRow(state, row) {
  const write = (field, value, label, empty) => (state.fixed ? value : written(state, row, field, value, value, label, empty));
  const tr = element("tr", state.selected.has(row.id) ? { class: "kb-chosen" } : {},
    cell("Selected", selection(state, row)),
    cell("Date", state.fixed ? row.date : written(state, row, "date", row.date, row.date, say("Date")),
      ...(row.doubt ? [element("small", {}, row.doubt)] : [])),
    happened(state, row), cell("Who", row.who), cell("Where", row.where), cell("Status", row.status),
    cell("Sources", number(row.sources)),
    cell("Tags", write("tags", row.tags, say("Tags"), say("Add tags"))),
    cell("Note", write("note", row.note, say("Note"), say("Add note"))));
  tr.dataset.event = row.id;
  return tr;
}

function head(state) {
  const all = element("input", { type: "checkbox", "aria-label": say("Select all that are listed") });
  all.onchange = () => {
    for (const row of state.rows) {
      if (all.checked) state.selected.add(row.id);
      else state.selected.delete(row.id);
    }
    draw(state);
    tellSelected(state);
  };
  return element("thead", {}, element("tr", {}, ...HEADS.map((words, index) => (index ? element("th", { scope: "col" }, say(words))
    : element("td", {}, all)))));
}

function draw(state) {
  const focused = document.activeElement?.closest?.("tr")?.dataset.event;
  const field = document.activeElement?.dataset?.field;
  state.host.replaceChildren(element("div", { class: "kb-scroll", tabindex: "0", role: "group", "aria-label": say("Table of events") },
    element("table", {}, element("caption", { class: "kb-unseen" }, say("Events in the order of time")), head(state),
      element("tbody", {}, ...state.rows.map((row) => drawRow(state, row))))));
  if (focused && field) state.host.querySelector(`tr[data-event="${CSS.escape(focused)}"] [data-field="${field}"]`)?.focus();
}

export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  speak(data.words);
  const host = parentElement.querySelector(".kb-chronology");
  const state = live.get(host) ?? { host, selected: new Set(), timer: 0 };
  live.set(host, state);
  state.send = (name, value) => (name === "edit" ? setTriggerValue(name, value) : setStateValue(name, value));
  if (state.rev !== data.rev) {
    Object.assign(state, { rev: data.rev, rows: data.rows, fixed: data.fixed });
    if (state.cleared !== data.cleared) { state.cleared = data.cleared; state.selected = new Set(data.selected); }
    draw(state);
  }
  host.dataset.ready = "1";
  return () => { clearTimeout(state.timer); live.delete(host); };
}
