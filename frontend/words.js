/* What the program says, in the reader's language: Python gives the translation of each English text, and the forms of those
   with a number. In English nothing is given, as the texts stand here. */
let spoken = { lang: "en", texts: {}, counted: {}, months: null };

/* Called first of all, whenever Python gives data. */
export function speak(words) {
  if (words) spoken = words;
}

export const language = () => spoken.lang;

const filled = (text, parts) => text.replace(/\{(\w+)\}/g, (named, name) => parts[name] ?? named);

export const say = (text, parts = {}) => filled(spoken.texts[text] ?? text, parts);

export const number = (value) => value.toLocaleString(spoken.lang);

/* What to call a country. Arguments: its number (ISO 3166-1); its English name. */
export const called = (id, name) => spoken.texts[id] ?? name;

/* A text with a number in it ({n}), in the form that the number asks for. Arguments: the number; the text for one; for many. */
export function plural(value, one, many, parts = {}) {
  const forms = spoken.counted[one] ?? { one, other: many };
  const form = forms[new Intl.PluralRules(spoken.lang).select(value)] ?? forms.other;
  return filled(form, { n: number(value), ...parts });
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/* A month in few letters, "Mar 2022". Arguments: its number from 1; the year. */
export const monthOf = (month, year) => `${(spoken.months ?? MONTHS)[month - 1]} ${year}`;

/* A day, "18 Mar 2022". Arguments: ms. */
export const dayOf = (time) => new Date(time).toLocaleDateString(spoken.lang === "en" ? "en-GB" : spoken.lang,
  { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });

/* The names that the axis of a timeline is written with, as moment takes them. */
export function calendar() {
  const names = (options, dates) => dates.map((date) => new Intl.DateTimeFormat(spoken.lang, { ...options, timeZone: "UTC" }).format(date));
  const months = Array.from({ length: 12 }, (_, month) => new Date(Date.UTC(2024, month, 1)));
  const days = Array.from({ length: 7 }, (_, day) => new Date(Date.UTC(2024, 0, 7 + day))); /* a Sunday first */
  return { months: names({ month: "long" }, months), monthsShort: spoken.months ?? names({ month: "short" }, months),
    weekdays: names({ weekday: "long" }, days), weekdaysShort: names({ weekday: "short" }, days),
    weekdaysMin: names({ weekday: "short" }, days) };
}
