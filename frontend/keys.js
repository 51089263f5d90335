/* Ctrl-K or "/" leads from every page to the search; on the search page into its field. */
import "./keys.css";

const FIELD = ".st-key-search_box input";
const once = Symbol.for("eventline.keys"), shown = Symbol.for("eventline.shown");

function writing(target) {
  return target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName);
}

function focus() {
  const field = document.querySelector(FIELD);
  if (!field) return false;
  field.focus();
  field.select();
  return true;
}

/* On a slow page the field is drawn after this, so it is tried for ten seconds; whoever writes elsewhere is let be. */
function enter(tries) {
  if (writing(document.activeElement) || focus() || !tries) return;
  setTimeout(enter, 100, tries - 1);
}

/* What is to be seen may be drawn later than this is; it is scrolled to once for each address. */
function reveal(selector, tries) {
  const found = document.querySelector(selector);
  if (found) {
    window[shown] = window.location.href;
    found.scrollIntoView({ block: "center" });
  } else if (tries) setTimeout(reveal, 100, selector, tries - 1);
}

function wanted(event) {
  const command = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
  if (command && event.key.toLowerCase() === "k") return true;
  return event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !writing(event.target);
}

function pressed(event) {
  if (!wanted(event)) return;
  event.preventDefault();
  event.stopPropagation();
  if (focus()) return;
  /* The app's own link keeps the session; on a narrow screen it is not there while the menu is shut. */
  const link = [...document.querySelectorAll("a[href]")].find((each) => new URL(each.href).pathname === "/search");
  if (link) link.click();
  else window.location.assign("/search");
}

/* A dialog stands outside the element that bears the colour scheme, and light-dark() in it would tell the wrong one. */
function heedTheme() {
  const app = document.querySelector(".stApp");
  const set = () => { document.documentElement.style.colorScheme = getComputedStyle(app).colorScheme; };
  set();
  new MutationObserver(set).observe(app, { attributes: true, attributeFilter: ["class"] });
}

export default function ({ data }) {
  document.documentElement.lang = data.words.lang;
  if (!window[once]) {
    window[once] = true;
    document.addEventListener("keydown", pressed, true);
    heedTheme();
  }
  if (data.reveal && window[shown] !== window.location.href) reveal(data.reveal, 40);
  if (data.focus && !writing(document.activeElement)) setTimeout(enter, 60, 100);
}
