const field = document.getElementById("filter"), shown = document.getElementById("shown");
const events = [...document.querySelectorAll("article")].map((node) => [node, node.textContent.toLowerCase()]);
field.addEventListener("input", () => {
  const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
  let count = 0;
  for (const [node, text] of events) { node.hidden = !words.every((word) => text.includes(word)); count += !node.hidden; }
  for (const section of document.querySelectorAll("section")) section.hidden = !section.querySelector("article:not([hidden])");
  shown.textContent = words.length ? shown.dataset.words.replace("{n}", count) : "";
});
