// Opens texts in the programs they are meant for, and tells what those understood.
//
//   node read.mjs mermaid|bpmn < texts.json > understood.json
//
// In: a JSON list of texts. Out: a JSON list, for each text what was read, or {"fault": ...}.

import { readFileSync } from "node:fs";

const readers = { mermaid, bpmn };
const reader = await readers[process.argv[2]]();
const found = [];
for (const text of JSON.parse(readFileSync(0, "utf8"))) {
  try {
    found.push(await reader(text));
  } catch (wrong) {
    found.push({ fault: String(wrong.message ?? wrong) });
  }
}
process.stdout.write(JSON.stringify(found), () => process.exit(0)); // jsdom would keep it waiting

async function mermaid() {
  const { JSDOM } = await import("jsdom");
  const { window } = new JSDOM("<body></body>", { pretendToBeVisual: true });
  Object.assign(globalThis, { window, document: window.document });
  const names = ["Element", "HTMLElement", "SVGElement", "Node", "DOMParser", "Text", "Option"];
  for (const name of [...names, "DocumentFragment", "NodeFilter"]) globalThis[name] = window[name];
  const { default: program } = await import("mermaid");
  program.initialize({ startOnLoad: false, maxTextSize: 10_000_000, maxEdges: 100_000 });
  return async (text) => {
    const { diagramType } = await program.parse(text);
    const { db } = await program.mermaidAPI.getDiagramFromText(text);
    if (diagramType === "sequence") {
      const arrows = { 0: "handoff", 4: "gap", 1: "question" };
      return {
        names: Object.fromEntries([...db.getActors()].map(([key, a]) => [key, a.description])),
        steps: db
          .getMessages()
          .filter((m) => m.from && m.to && m.type !== 2)
          .map((m) => [m.from, m.to, m.message, arrows[m.type] ?? m.type]),
      };
    }
    return {
      names: Object.fromEntries([...db.getVertices()].map(([key, v]) => [key, v.text])),
      steps: db.getEdges().map((e) => [e.start, e.end, e.text, `${e.stroke} ${e.type}`]),
    };
  };
}

async function bpmn() {
  const { BpmnModdle } = await import("bpmn-moddle");
  const { Linter } = (await import("bpmnlint")).default;
  const { default: Resolver } = await import("bpmnlint/lib/resolver/node-resolver.js");
  return async (text) => {
    const { rootElement, warnings } = await new BpmnModdle().fromXML(text);
    // A linter remembers what it saw, so every text gets one of its own.
    const linter = new Linter({
      config: { extends: "bpmnlint:recommended" },
      resolver: new Resolver(),
    });
    const reports = Object.entries(await linter.lint(rootElement));
    const collaboration = rootElement.rootElements.find((e) => e.participants);
    return {
      warnings: warnings.map((w) => w.message),
      lint: reports.flatMap(([rule, all]) => all.map((r) => `${rule}: ${r.id}: ${r.message}`)),
      participants: collaboration.participants.length,
      flows: (collaboration.messageFlows ?? []).length,
      shapes: rootElement.diagrams[0].plane.planeElement.length,
    };
  };
}
