// Draws one text with a program from npm that needs no browser.
//
//   node draw.mjs d2-dagre|d2-elk|elk|bpmn < text > {"drawn": ..., "seconds": ...}
//
// The seconds are those of the drawing alone: each program is started, and has drawn something
// small, before they begin to count.

import { readFileSync } from "node:fs";

const makers = {
  "d2-dagre": () => d2("dagre"),
  "d2-elk": () => d2("elk"),
  elk,
  bpmn,
};
const draw = await makers[process.argv[2]]();
const text = readFileSync(0, "utf8");
const begun = performance.now();
const drawn = await draw(text);
const seconds = (performance.now() - begun) / 1000;
process.stdout.write(JSON.stringify({ drawn, seconds }), () => process.exit(0));

async function d2(layout) {
  const { D2 } = await import("@terrastruct/d2");
  const program = new D2();
  const drawing = async (source) => {
    const { diagram, renderOptions } = await program.compile(source, { layout, pad: 0 });
    return program.render(diagram, renderOptions);
  };
  await drawing("a -> b");
  return drawing;
}

async function elk() {
  const { default: Elk } = await import("elkjs");
  const program = new Elk();
  await program.layout({ id: "root", children: [{ id: "a", width: 9, height: 9 }] });
  return async (source) => picture(await program.layout(JSON.parse(source)));
}

async function bpmn() {
  const { layoutProcess } = await import("bpmn-auto-layout");
  return layoutProcess;
}

// ELK only finds places. This draws them: boxes, lines and words, in points.
function picture(root) {
  const shapes = [];
  for (const group of root.children) {
    shapes.push(rect(group, "group"), ...words(group.labels[0], 11));
    for (const box of group.children) {
      const lines = words(box.labels[0], 10);
      shapes.push(`<g class="node">${rect(box, "box")}${lines.join("")}</g>`);
    }
  }
  for (const edge of root.edges) {
    for (const { startPoint, bendPoints = [], endPoint } of edge.sections) {
      const points = [startPoint, ...bendPoints, endPoint].map(({ x, y }) => `${x},${y}`);
      const look = `fill="none" stroke="#1A1A1A" id="${edge.id}"`;
      shapes.push(`<polyline class="arrow" points="${points.join(" ")}" ${look}/>`);
      shapes.push(tip(endPoint, bendPoints.at(-1) ?? startPoint));
    }
    shapes.push(...words(edge.labels[0], 9));
  }
  const size = `width="${root.width}pt" height="${root.height}pt"`;
  const view = `viewBox="0 0 ${root.width} ${root.height}"`;
  const font = `font-family="Noto Sans, sans-serif"`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" ${size} ${view} ${font}>`;
  return `${svg}${shapes.join("\n")}</svg>`;
}

function rect({ x, y, width, height }, role) {
  const fill = role === "box" ? "#F2F2F2" : "none";
  const place = `x="${x}" y="${y}" width="${width}" height="${height}"`;
  return `<rect class="${role}" ${place} fill="${fill}" stroke="#3A3A3A"/>`;
}

function words({ x, y, width, height, text }, size) {
  const lines = text.split("\n");
  const step = height / lines.length;
  const middle = x + width / 2;
  return lines.map((line, at) => {
    const safe = line.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
    const place = `x="${middle}" y="${y + step * (at + 0.78)}"`;
    return `<text ${place} font-size="${size}" text-anchor="middle">${safe}</text>`;
  });
}

function tip(end, before) {
  const far = Math.hypot(end.x - before.x, end.y - before.y) || 1;
  const [dx, dy] = [((end.x - before.x) / far) * 6, ((end.y - before.y) / far) * 6];
  const [x, y] = [end.x - dx, end.y - dy];
  const points = [end.x, end.y, x - dy / 2, y + dx / 2, x + dy / 2, y - dx / 2];
  return `<polygon points="${points.join(" ")}" fill="#1A1A1A"/>`;
}
