/* The keyboard: one event at a time can be reached by Tab, arrows lead to the next, and the focus outlives a redraw. */
const buttonOf = (state, event) =>
  event && state.stage.querySelector(`[data-event="${CSS.escape(event)}"]`);

/* Called before events are drawn anew: who has the focus gets it back. */
export function refocus(state) {
  const focused = document.activeElement?.closest?.("[data-event]");
  if (focused && state.stage.contains(focused)) want(state, focused.dataset.event);
}

function want(state, event) {
  state.wanted = event;
  clearTimeout(state.forgetting);
  state.forgetting = setTimeout(() => { state.wanted = null; }, 2000);
}

/* Called after events were drawn: Tab leads to the event last looked at, or to the chart. */
export function rove(state) {
  const current = buttonOf(state, state.cursor);
  for (const button of state.stage.querySelectorAll("[data-event][tabindex='0']")) button.tabIndex = -1;
  if (current) current.tabIndex = 0;
  state.stage.tabIndex = current ? -1 : 0;
  const wanted = buttonOf(state, state.wanted);
  if (!wanted) return;
  // It stays wanted for a moment: where much is drawn, the library draws twice, and the second time takes the focus again.
  const lost = document.activeElement === document.body || state.stage.contains(document.activeElement);
  if (lost && document.activeElement !== wanted) wanted.focus({ preventScroll: true });
}

/* The panel of an event is closed: the focus goes back to where it was opened. */
export function leave(state, event) {
  want(state, event);
  const button = buttonOf(state, event);
  const back = () => {
    const inPanel = !state.stage.contains(document.activeElement);
    if (inPanel || document.activeElement === document.body) (buttonOf(state, event) ?? state.stage).focus({ preventScroll: true });
  };
  if (button) back();
  setTimeout(back, 400); /* once the panel is gone */
}

function inOrder(state) {
  const first = new Map();
  for (const item of state.raw) if (!first.has(item.event)) first.set(item.event, item);
  return [...first.values()].sort((a, b) => a.from - b.from || a.to - b.to || (a.event < b.event ? -1 : 1));
}

/* To the next or the one before, in the order of time; from the chart itself to the first that is drawn. */
function step(state, by, { pan, go, layOut }) {
  const { start, end } = state.chart.getWindow();
  const events = inOrder(state);
  const focused = document.activeElement?.closest?.("[data-event]")?.dataset.event;
  const at = events.findIndex((item) => item.event === focused);
  const begins = (item) => item.from >= start && item.from < end && buttonOf(state, item.event);
  const next = focused ? events[at + by] : (events.find(begins) ?? events.find((item) => buttonOf(state, item.event)));
  if (!next) return pan(state, 0.5 * by);
  state.cursor = next.event;
  const width = end - start;
  const outside = next.from < start || next.from > +start + width * 0.9;
  if (outside) go(state, [next.from - width / 2, next.from + width / 2]);
  layOut(state);
  want(state, next.event);
  buttonOf(state, next.event)?.focus({ preventScroll: true });
}

const typing = (target) => target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName ?? "");

/* Arguments: the state; what choosing, closing, moving and zooming is called. */
export function keysOf(state, does) {
  const keys = {
    ArrowLeft: (event) => (event.shiftKey ? does.pan(state, -0.2) : step(state, -1, does)),
    ArrowUp: () => step(state, -1, does),
    ArrowRight: (event) => (event.shiftKey ? does.pan(state, 0.2) : step(state, 1, does)),
    ArrowDown: () => step(state, 1, does),
    "+": () => does.zoom(state, 0.5),
    "=": () => does.zoom(state, 0.5),
    "-": () => does.zoom(state, 2),
    Home: () => does.showAll(state),
  };
  state.stage.addEventListener("keydown", (event) => {
    if (!keys[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    refocus(state);
    keys[event.key](event);
    event.preventDefault();
  });
  state.stage.addEventListener("focusin", (event) => {
    const button = event.target.closest?.("[data-event]");
    if (button) state.cursor = button.dataset.event;
    if (state.wanted && button?.dataset.event !== state.wanted) state.wanted = button?.dataset.event ?? null;
  });
  state.escaped = (event) => {
    if (event.key !== "Escape" || !state.selected || event.defaultPrevented || typing(event.target)) return;
    if (document.querySelector("[role=dialog], [data-testid=stPopoverBody]")) return;
    does.close(state);
  };
  document.addEventListener("keydown", state.escaped);
}
