// What stands in the SVG of the page, as plain shapes in CSS pixels, in the order of painting.
//
// An expression: a function of {box, arrow, owner, lifeline}, selectors that say what is what.
// Shapes that say it themselves (data-role, data-id) are believed.
(roles) => {
  const STEP = 1.5; // pixels between the points taken from a curve
  const CLEAR = 0.5; // what is less opaque than this hides nothing and counts as not filled
  const HIDDEN = "defs, marker, mask, clipPath, symbol, pattern, style, title, desc, metadata";
  const svg = document.querySelector("svg");
  const canvas = document.createElement("canvas").getContext("2d");
  const owners = new Map();
  const found = [];

  for (const element of svg.querySelectorAll("*")) {
    if (element.closest(HIDDEN) || !shown(element)) continue;
    const kind = element.localName;
    if (kind === "text") found.push(...lines(element));
    else if (kind === "rect") found.push(...rects(element));
    else if (kind === "circle") found.push(circle(element));
    else if (["path", "line", "polyline", "polygon", "ellipse"].includes(kind))
      found.push(...drawn(element));
    else if (element.namespaceURI.endsWith("xhtml")) found.push(...html(element));
  }
  return found.filter((item) => item.kind === "text" || item.fill || item.stroke);

  function shown(element) {
    const style = getComputedStyle(element);
    if (style.visibility !== "visible" || style.display === "none") return false;
    for (let at = element; at && at !== svg.parentNode; at = at.parentElement) {
      const { opacity, display } = getComputedStyle(at);
      if (Number(opacity) < 0.05 || display === "none") return false;
    }
    return true;
  }

  // --- what a shape is and stands for

  function meaning(element) {
    const own = element.closest("[data-role]");
    if (own) return { role: own.dataset.role, id: own.dataset.id ?? "" };
    const is = (role) => roles[role] && element.matches(roles[role]);
    const role = ["arrow", "box", "lifeline"].find(is) ?? "";
    return { role, id: role === "lifeline" ? "" : owner(element) };
  }

  function owner(element) {
    const one = roles.owner && element.closest(roles.owner);
    if (!one) return element.matches(roles.arrow || "_") ? name(element) : "";
    return name(one);
  }

  function name(element) {
    if (!owners.has(element)) owners.set(element, `${element.id}#${owners.size}`);
    return owners.get(element);
  }

  // --- colours, as what they look like on white paper

  function colour(value, opacity = 1) {
    const parts = /^rgba?\(([\d.]+), ([\d.]+), ([\d.]+)(?:, ([\d.]+))?\)$/.exec(value);
    if (!parts) return null;
    const alpha = Number(parts[4] ?? 1) * Number(opacity);
    if (alpha < 0.05) return null;
    const mixed = parts.slice(1, 4).map((part) => Number(part) * alpha + 255 * (1 - alpha));
    const hex = mixed.map((part) => Math.round(part).toString(16).padStart(2, "0"));
    return { hex: `#${hex.join("")}`, alpha };
  }

  function paint(element) {
    const style = getComputedStyle(element);
    const fill = colour(style.fill, style.fillOpacity * style.opacity);
    const line = colour(style.stroke, style.strokeOpacity * style.opacity);
    const width = parseFloat(style.strokeWidth);
    return {
      fill: fill && fill.alpha >= CLEAR ? fill.hex : null,
      stroke: line && width > 0 ? line.hex : null,
    };
  }

  // --- shapes

  function onPage(element, x, y) {
    return new DOMPoint(x, y).matrixTransform(element.getScreenCTM());
  }

  function rects(element) {
    const [x, y, width, height, rx] = ["x", "y", "width", "height", "rx"].map(
      (side) => element[side].baseVal.value,
    );
    if (!width || !height) return [];
    const [from, to] = [onPage(element, x, y), onPage(element, x + width, y + height)];
    const scale = (to.x - from.x) / width;
    return [
      {
        kind: "rect",
        x: from.x,
        y: from.y,
        width: to.x - from.x,
        height: to.y - from.y,
        radius: rx * scale,
        ...paint(element),
        ...meaning(element),
      },
    ];
  }

  function circle(element) {
    const [x, y, r] = ["cx", "cy", "r"].map((side) => element[side].baseVal.value);
    const [middle, rim] = [onPage(element, x, y), onPage(element, x + r, y)];
    const radius = Math.hypot(rim.x - middle.x, rim.y - middle.y);
    const place = { x: middle.x, y: middle.y, radius };
    return { kind: "circle", ...place, ...paint(element), ...meaning(element) };
  }

  function drawn(element) {
    const about = { ...paint(element), ...meaning(element) };
    const closed = about.fill && about.role !== "arrow";
    return pieces(element).flatMap((piece) => {
      const runs = closed ? [sampled(piece)] : cut(sampled(piece), element);
      const kind = closed ? "polygon" : "polyline";
      return runs
        .filter((run) => run.length > 1)
        .map((run) => ({ kind, points: run.map(({ x, y }) => [x, y]), ...about }));
    });
  }

  // A path that begins anew is several lines: between them nothing is drawn.
  function pieces(element) {
    const parts = (element.getAttribute("d") ?? "").split(/(?=M)/).filter((part) => part.trim());
    if (parts.length < 2) return [element];
    return parts.map((part) => {
      const piece = element.cloneNode();
      piece.setAttribute("d", part);
      element.parentNode.appendChild(piece);
      const points = sampled(piece);
      piece.remove();
      return points;
    });
  }

  function sampled(piece) {
    if (Array.isArray(piece)) return piece;
    if (piece.points) {
      const own = [...piece.points].map(({ x, y }) => onPage(piece, x, y));
      return piece.localName === "polygon" ? own : simple(own);
    }
    const length = piece.getTotalLength();
    const { a, b } = piece.getScreenCTM();
    const steps = Math.max(1, Math.ceil((length * Math.hypot(a, b)) / STEP));
    const points = Array.from({ length: steps + 1 }, (_, at) => {
      const { x, y } = piece.getPointAtLength((length * at) / steps);
      return onPage(piece, x, y);
    });
    return piece.hasAttribute("mask") ? points : simple(points);
  }

  // A line under a mask is not drawn where the mask is black: D2 keeps its lines from words so.
  function cut(points, element) {
    const mask = /url\("?(#[^")]+)"?\)/.exec(element.getAttribute("mask") ?? "");
    if (!mask) return [points];
    const holes = [...svg.querySelector(mask[1]).querySelectorAll("rect[fill=black]")].map((hole) =>
      ["x", "y", "width", "height"].map((side) => hole[side].baseVal.value),
    );
    const back = element.getScreenCTM().inverse();
    const runs = [[]];
    for (const point of points) {
      const { x, y } = point.matrixTransform(back);
      const hidden = holes.some(([l, t, w, h]) => x > l && x < l + w && y > t && y < t + h);
      if (!hidden) runs.at(-1).push(point);
      else if (runs.at(-1).length) runs.push([]);
    }
    return runs.map(simple);
  }

  // The same line with fewer points, nowhere further than a twentieth of a pixel from it.
  function simple(points) {
    if (points.length < 3) return points;
    const [first, last] = [points[0], points.at(-1)];
    const across = Math.hypot(last.x - first.x, last.y - first.y);
    let far = 0;
    let most = 0;
    points.forEach(({ x, y }, at) => {
      const off = across
        ? Math.abs((last.x - first.x) * (first.y - y) - (first.x - x) * (last.y - first.y)) / across
        : Math.hypot(x - first.x, y - first.y);
      if (off > most) [far, most] = [at, off];
    });
    if (most < 0.05) return [first, last];
    return [...simple(points.slice(0, far + 1)).slice(0, -1), ...simple(points.slice(far))];
  }

  // --- words

  function lines(element) {
    const signs = element.getNumberOfChars();
    const said = element.textContent;
    const runs = [];
    for (let at = 0; at < signs; at++) {
      const [start, end] = [element.getStartPositionOfChar(at), element.getEndPositionOfChar(at)];
      const sign = signs === said.length ? said[at] : "x";
      const line = runs.at(-1);
      if (line && Math.abs(line.y - start.y) < 1) {
        line.left = Math.min(line.left, start.x, end.x);
        line.right = Math.max(line.right, start.x, end.x);
        line.text += sign;
      } else {
        const [left, right] = [Math.min(start.x, end.x), Math.max(start.x, end.x)];
        runs.push({ y: start.y, left, right, text: sign });
      }
    }
    const { a, b } = element.getScreenCTM();
    const scale = Math.hypot(a, b);
    const style = getComputedStyle(element.querySelector("tspan") ?? element);
    return runs.map(({ y, left, right, text }) => ({
      kind: "text",
      ...xy(onPage(element, left, y)),
      text,
      width: (right - left) * scale,
      size: parseFloat(style.fontSize) * scale,
      bold: Number(style.fontWeight) > 500,
      fill: colour(style.fill, style.fillOpacity * style.opacity)?.hex ?? "#ffffff",
      rotation: Math.round((Math.atan2(b, a) * 180) / Math.PI),
      ...meaning(element),
    }));
  }

  function xy({ x, y }) {
    return { x, y };
  }

  // Words of HTML within the picture, and the ground on which they stand.
  function html(element) {
    const style = getComputedStyle(element);
    const ground = colour(style.backgroundColor);
    const about = meaning(element);
    const items = [];
    if (ground && ground.alpha >= CLEAR) {
      const { x, y, width, height } = element.getBoundingClientRect();
      const plate = { kind: "rect", x, y, width, height, radius: 0, stroke: null };
      items.push({ ...plate, fill: ground.hex, role: "plate", id: "" });
    }
    for (const node of element.childNodes) {
      if (node.nodeType === Node.TEXT_NODE) items.push(...written(node, style, about));
    }
    return items;
  }

  function written(node, style, about) {
    const scale = svg.getScreenCTM().a;
    canvas.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    const { fontBoundingBoxAscent: up, fontBoundingBoxDescent: down } = canvas.measureText("x");
    const range = document.createRange();
    range.selectNodeContents(node);
    return [...range.getClientRects()]
      .filter(({ width }) => width > 0)
      .map(({ x, y, width, height }) => ({
        kind: "text",
        x,
        y: y + (height * up) / (up + down),
        text: node.textContent.trim(),
        width,
        size: parseFloat(style.fontSize) * scale,
        bold: Number(style.fontWeight) > 500,
        fill: colour(style.color)?.hex ?? "#000000",
        rotation: 0,
        ...about,
      }));
  }
};
