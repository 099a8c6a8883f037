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
    const names = { handoff: "handoffs", gap: "missing", question: "not stated" };
    const told = Object.keys(names).filter((kind) => there[kind])
      .map((kind) => `${shown[kind]} of ${there[kind]} ${names[kind]}`);
    const left = findings.filter((item) => !item.hidden).length;
    if (findings.length) told.push(`${left} of ${findings.length} findings`);
    count.textContent = `Shown: ${told.join(", ")}.`;
    document.querySelector(".sheets").className = `sheets ${data.get("size")}`;
  };
  form.addEventListener("input", narrow);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(narrow));
  form.hidden = false;
  narrow();
})();
