/* What is seen, as a file. Nothing leaves the browser: the address is of a blob in its own memory. */
function offer(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

export function saveSvg(svg, name) {
  offer(new Blob([svg], { type: "image/svg+xml" }), `${name}.svg`);
}

/* A drawing surface is transparent where nothing is drawn; the page's colour goes beneath. */
export function savePng(source, width, height, paper, name) {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width, height];
  const pen = canvas.getContext("2d");
  pen.fillStyle = paper;
  pen.fillRect(0, 0, width, height);
  pen.drawImage(source, 0, 0, width, height);
  canvas.toBlob((blob) => offer(blob, `${name}.png`), "image/png");
}

export function savePngOf(svg, width, height, paper, name) {
  const image = new Image();
  image.onload = () => savePng(image, width * 2, height * 2, paper, name);
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
}

const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
export const escaped = (words) => String(words).replace(/[&<>"]/g, (mark) => ENTITIES[mark]);
