/* What is typed between a key that opens the search and the drawing of its field: kept, then written into it. */
const FIELD = ".st-key-search_box input";
const ONCE = 50, PATIENCE = 15_000; // milliseconds: between two looks for the field, and until it is given up
let kept = null; // the letters, whether Enter followed them, and until when the field is awaited

/** Keep what is typed from now on until the field is there, which is then focused.
    `lead` goes to its page, again and again until it says that it could: on a page that is still drawn. */
export function keep(lead = () => true) {
  const begun = kept;
  kept = { text: begun?.text ?? "", entered: begun?.entered ?? false, until: Date.now() + PATIENCE, lead };
  if (!begun) hand();
}

/** Focus the field with all that stands in it chosen. Returns whether it is there. */
export function focusField() {
  const field = document.querySelector(FIELD);
  if (!field) return false;
  field.focus();
  field.select();
  return true;
}

function stop() {
  kept = null;
}

function take(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}

function typed(event) {
  if (!kept || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "Escape") return stop();
  if (event.key === "Enter") kept.entered = true;
  else if (event.key === "Backspace") kept.text = [...kept.text].slice(0, -1).join("");
  else if ([...event.key].length === 1) kept.text += event.key;
  else return;
  take(event);
}

function pasted(event) {
  if (!kept) return;
  kept.text += event.clipboardData.getData("text/plain").replace(/\s+/g, " ");
  take(event);
}

/* React hears of a value only by the browser's own setter and an event. */
function write(field, text) {
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(field, text);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function enter(field) {
  field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", code: "Enter", keyCode: 13, bubbles: true }));
}

function hand() {
  if (!kept) return;
  if (!focusField()) {
    if (kept.lead?.()) kept.lead = null;
    if (Date.now() < kept.until) setTimeout(hand, ONCE);
    else stop();
    return;
  }
  const { text, entered } = kept, field = document.activeElement;
  stop();
  if (text) write(field, text);
  if (entered) setTimeout(enter, ONCE, field); // once React knows the text
}

/** Listen for what is typed and pasted, on all of the page; whoever clicks elsewhere no longer waits for the field. */
export function listen() {
  document.addEventListener("keydown", typed, true);
  document.addEventListener("paste", pasted, true);
  document.addEventListener("pointerdown", stop, true);
}
