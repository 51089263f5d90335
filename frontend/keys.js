/* Ctrl-K or "/" leads from every page to the search; on the search page into its field. */
import "./keys.css";
import { focusField, keep, listen } from "./typed.js";

const LINK = ".st-key-keys a[href]"; // drawn for this alone: those of the menu are not there while it is shut
const once = Symbol.for("eventline.keys"), shown = Symbol.for("eventline.shown");

function writing(target) {
  return target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName);
}

/* On a slow page the field is drawn after this, so it is tried for ten seconds; whoever writes elsewhere is let be. */
function enter(tries) {
  if (writing(document.activeElement) || focusField() || !tries) return;
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
  if (focusField()) return;
  keep(lead);
}

/* The app's own link keeps the session, and the page that hears what is typed meanwhile. Returns whether it is there. */
function lead() {
  const link = document.querySelector(LINK);
  link?.click();
  return Boolean(link);
}

/* Who chose the search by its link types at once, too. */
function clicked(event) {
  const link = event.target.closest?.("a[href]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const { pathname, search } = new URL(link.href);
  if (pathname.endsWith("/search") && !search && !focusField()) keep();
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
    listen(); // first: a "/" is a letter to whoever types
    document.addEventListener("keydown", pressed, true);
    document.addEventListener("click", clicked, true);
    heedTheme();
  }
  if (data.reveal && window[shown] !== window.location.href) reveal(data.reveal, 40);
  if (data.focus && !writing(document.activeElement)) setTimeout(enter, 60, 100);
}
