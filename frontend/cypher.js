import { autocompletion, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { cypher } from "@codemirror/legacy-modes/mode/cypher";
import { EditorState, Prec } from "@codemirror/state";
import { drawSelection, EditorView, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import "./cypher.css";

const live = new WeakMap();

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.definition(tags.variableName)], class: "kb-keyword" },
  { tag: [tags.string, tags.special(tags.string)], class: "kb-string" },
  { tag: [tags.number, tags.bool, tags.atom], class: "kb-number" },
  { tag: tags.comment, class: "kb-comment" },
]);

/* The mode takes administration's words for keywords even where they name a property or a column (`e.status`). */
const named = /(\.|\bas\s+)$/i;
const language = { ...cypher, token(stream, state) {
  const style = cypher.token(stream, state);
  const word = style === "keyword" || style === "def" || style === "builtin";
  return word && named.test(stream.string.slice(0, stream.start)) ? "variable" : style;
} };

function complete(state) {
  return (context) => {
    const word = context.matchBefore(/[\w]+/);
    if (!word && !context.explicit) return null;
    return { from: word ? word.from : context.pos, options: state.words.map((label) => ({ label })) };
  };
}

function build(host, data) {
  const state = { words: data.schema, fire: () => {} };
  const run = () => { state.fire(state.view.state.doc.toString()); return true; };
  /* Tab must leave the editor, or a keyboard user is caught in it: so no indentWithTab here. */
  const keys = [...completionKeymap, ...defaultKeymap, ...historyKeymap];
  state.view = new EditorView({ parent: host.querySelector(".kb-editor"), doc: data.text, extensions: [
    Prec.highest(keymap.of([{ key: "Mod-Enter", run }])), lineNumbers(), history(), drawSelection(), bracketMatching(),
    EditorState.allowMultipleSelections.of(false), EditorView.lineWrapping, StreamLanguage.define(language),
    syntaxHighlighting(colours), autocompletion({ override: [complete(state)] }), keymap.of(keys),
    EditorView.contentAttributes.of({ "aria-label": data.label }),
  ] });
  const button = host.querySelector(".kb-run");
  button.onclick = run;
  button.textContent = data.button;
  return state;
}

export default function ({ data, parentElement, setTriggerValue }) {
  const host = parentElement.querySelector(".kb-cypher");
  if (!live.has(host)) live.set(host, build(host, data));
  const state = live.get(host);
  state.words = data.schema;
  state.fire = (text) => setTriggerValue("run", text);
  if (state.rev !== data.rev) {
    if (state.rev !== undefined) {
      state.view.dispatch({ changes: { from: 0, to: state.view.state.doc.length, insert: data.text } });
    }
    state.rev = data.rev;
  }
  host.dataset.ready = "1";
  return () => { state.view.destroy(); live.delete(host); };
}
