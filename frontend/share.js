/* A button that copies the address of what is seen; the address holds all of it. */
import "./share.css";
import { element } from "./marks.js";
import { say, speak } from "./words.js";

const live = new WeakSet();

/* A page that was not opened from this machine has no clipboard of its own: an unseen field lends one. */
async function copy(words) {
  if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(words);
  const field = element("textarea", { "aria-hidden": "true", style: "position: fixed; opacity: 0" });
  field.value = words;
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  if (!done) throw new Error("copying is not allowed here");
}

export default function ({ data, parentElement }) {
  speak(data.words);
  const host = parentElement.querySelector(".kb-share");
  if (live.has(host)) return;
  live.add(host);
  const button = element("button", { type: "button" }, say("Copy link"));
  const said = element("span", { class: "kb-unseen", role: "status" });
  button.onclick = async () => {
    let told = say("Copied");
    try {
      await copy(window.location.href);
    } catch {
      told = say("Copy it from the address bar");
    }
    button.textContent = said.textContent = told;
    setTimeout(() => { button.textContent = say("Copy link"); said.textContent = ""; }, 2000);
  };
  host.append(button, said);
}
