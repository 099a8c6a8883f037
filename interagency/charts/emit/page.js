"use strict";
(() => {
  const all = (query, under = document) => [...under.querySelectorAll(query)];
  const words = (list) => list.split(" ").filter(Boolean);
  const folded = (text) => text.normalize("NFKD").toLocaleLowerCase();
  const rows = new Map(all("tr[data-row]").map((row) => [row.dataset.row, row]));
  const agencies = new Map(all("tr[data-agency]").map((row) => [row.dataset.agency, row]));
  const findings = all("li[data-finding]");
  const ofAgency = new RegExp("^(agency|agency-name|participant|lifeline|box|box-name|pill|" +
    "decision|also|head|column-name|row-name|sum)$");
  const ofNobody = /^(panel|pillar|lane|lane-tab|lane-name)$/;

  // What a shape of the picture belongs to: a row, an agency, or nothing.
  const owner = (shape) => {
    const { role, id } = shape.dataset;
    if (!id || ofNobody.test(role)) return null;
    if (!ofAgency.test(role) && rows.has(id)) return { row: id };
    const agency = agencies.has(id) ? id : id.split(":")[0];
    return agencies.has(agency) ? { agency } : null;
  };
  const parts = { row: new Map(), agency: new Map() };
  const owners = new Map();
  for (const shape of all(".sheet [data-id]")) {
    const mine = owner(shape);
    if (!mine) continue;
    owners.set(shape, mine);
    shape.classList.add("part");
    for (const [kind, id] of Object.entries(mine)) {
      if (!parts[kind].has(id)) parts[kind].set(id, []);
      parts[kind].get(id).push(shape);
    }
  }

  // --- lighting ---
  const said = document.getElementById("said");
  let pinned = null;
  const light = (lit) => {
    all(".on").forEach((thing) => thing.classList.remove("on"));
    document.body.classList.toggle("lit", Boolean(lit));
    said.hidden = !(lit && lit.said);
    if (!lit) return;
    said.textContent = lit.said;
    const on = (thing) => thing && thing.classList.add("on");
    for (const id of lit.rows) {
      on(rows.get(id));
      (parts.row.get(id) || []).forEach(on);
    }
    for (const id of lit.agencies) {
      on(agencies.get(id));
      (parts.agency.get(id) || []).forEach(on);
    }
    on(lit.itself);
  };
  const ends = (ids) => ids.flatMap((id) => [rows.get(id).dataset.from, rows.get(id).dataset.to]);
  const ofRow = (id) => ({ rows: [id], agencies: ends([id]), said: rows.get(id).dataset.said });
  const load = (id) => {
    const mine = [...rows.values()].filter((row) => [row.dataset.from, row.dataset.to].includes(id));
    const ids = mine.map((row) => row.dataset.row);
    return { rows: ids, agencies: [id, ...ends(ids)], said: agencies.get(id).dataset.said };
  };
  const ofFinding = (item) => {
    const ids = words(item.dataset.rows);
    const about = words(item.dataset.agencies).filter((id) => agencies.has(id));
    return { rows: ids, agencies: [...about, ...ends(ids)], said: "", itself: item };
  };
  const meant = (target) => {
    const thing = target.closest("[data-row], [data-agency], [data-finding], .part");
    if (!thing) return null;
    if (thing.dataset.row) return ofRow(thing.dataset.row);
    if (thing.dataset.agency) return load(thing.dataset.agency);
    if (thing.dataset.finding) return ofFinding(thing);
    const mine = owners.get(thing);
    return mine.row ? ofRow(mine.row) : load(mine.agency);
  };
  const show = (event) => light(meant(event.target) || pinned);
  document.addEventListener("mouseover", show);
  document.addEventListener("focusin", show);
  document.addEventListener("click", (event) => {
    if (event.target.closest("form, a")) return;
    pinned = meant(event.target);
    light(pinned);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") light((pinned = null));
  });

  // --- narrowing ---
  const form = document.getElementById("narrow");
  const count = document.getElementById("count");
  const texts = new Map([...rows.values(), ...findings].map((t) => [t, folded(t.textContent)]));
  const pages = all("figure").map((figure) => {
    const mine = all(".part", figure).map((part) => owners.get(part).row).filter(Boolean);
    return { figure, rows: mine.length ? [...new Set(mine)] : null };
  });
  const narrow = () => {
    const data = new FormData(form);
    const pillars = data.getAll("pillar");
    const kinds = data.getAll("kind");
    const group = data.get("group");
    const wanted = words(folded(data.get("words")));
    const fits = (thing) =>
      words(thing.dataset.pillars).some((pillar) => pillars.includes(pillar)) &&
      wanted.every((word) => texts.get(thing).includes(word));
    const shown = {};
    const there = {};
    for (const [id, row] of rows) {
      const kind = row.dataset.kind;
      const open = !group || words(row.dataset.groups).includes(group);
      row.hidden = !(fits(row) && open && kinds.includes(kind));
      (parts.row.get(id) || []).forEach((part) => part.classList.toggle("off", row.hidden));
      there[kind] = (there[kind] || 0) + 1;
      shown[kind] = (shown[kind] || 0) + !row.hidden;
    }
    for (const item of findings) {
      const kind = item.classList.contains("gap") ? "gap" : "question";
      item.hidden = !(fits(item) && kinds.includes(kind));
    }
    for (const list of all("#findings ul")) {
      list.previousElementSibling.hidden = !list.querySelector("li:not([hidden])");
    }
    // A page on which nothing is left is not shown, unless nothing is left at all.
    const remains = (sheet) => !sheet.rows || sheet.rows.some((id) => !rows.get(id).hidden);
    const some = pages.some(remains);
    for (const sheet of pages) sheet.figure.hidden = some && !remains(sheet);
    const put = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
    const messages = count.dataset;
    const told = ["handoff", "planned", "proposed", "gap", "question"]
      .filter((kind) => there[kind])
      .map((kind) => put(messages[kind], { shown: shown[kind], all: there[kind] }));
    const left = findings.filter((item) => !item.hidden).length;
    if (findings.length) told.push(put(messages.findings, { shown: left, all: findings.length }));
    count.textContent = put(messages.told, { list: told.join(messages.comma) });
    const beside = document.querySelector(".beside");
    beside.classList.toggle("split", data.has("beside"));
    beside.classList.toggle("below", !data.has("beside"));
  };
  form.addEventListener("input", () => {
    light((pinned = null));
    narrow();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(narrow));
  const box = form.elements.beside;
  if (box) box.checked = box.defaultChecked = matchMedia("(min-width: 94rem)").matches;
  form.hidden = false;
  narrow();

  // --- how large the pictures are; the middle of what is seen stays where it is ---
  const sheets = document.querySelector(".sheets");
  const sizes = [1, 1.25, 1.5, 2, 2.5, 3, 4];
  let size = 0;
  const zoom = (wish) => {
    const at = { in: size + 1, out: size - 1, fit: 0 }[wish];
    size = Math.max(0, Math.min(sizes.length - 1, at));
    const seen = all(".sheet").map((sheet) => [sheet,
      (sheet.scrollLeft + sheet.clientWidth / 2) / sheet.scrollWidth,
      (sheet.scrollTop + sheet.clientHeight / 2) / sheet.scrollHeight]);
    sheets.style.setProperty("--zoom", sizes[size]);
    sheets.classList.toggle("zoomed", size > 0);
    document.getElementById("zoom").textContent = `${sizes[size] * 100} %`;
    for (const [sheet, across, down] of seen) {
      sheet.scrollLeft = across * sheet.scrollWidth - sheet.clientWidth / 2;
      sheet.scrollTop = down * sheet.scrollHeight - sheet.clientHeight / 2;
    }
  };
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-zoom]");
    if (button) zoom(button.dataset.zoom);
  });
  sheets.addEventListener("keydown", (event) => {
    const wish = { "+": "in", "=": "in", "-": "out", 0: "fit" }[event.key];
    if (!wish || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    zoom(wish);
  });

  // --- from a row or a finding to its place in the picture ---
  document.addEventListener("click", (event) => {
    const link = event.target.closest("tr[data-row] a[href^='#page-']");
    if (!link) return;
    const id = link.closest("tr").dataset.row;
    const part = (parts.row.get(id) || [])[0];
    if (!part) return;
    event.preventDefault();
    pinned = ofRow(id);
    light(pinned);
    part.scrollIntoView({ block: "center", inline: "center" });
    part.closest(".sheet").focus({ preventScroll: true });
  });

  const bar = () => document.documentElement.style.setProperty("--bar",
    getComputedStyle(form).position === "sticky" ? `${form.offsetHeight}px` : "0px");
  new ResizeObserver(bar).observe(form);
  bar();
})();
