// An article's text with what was read from it. Offsets count code points, as everywhere in the API.

import { actors, day, el, outside, plural, quote } from "/ui/dom.js";

// chosen reads the spans of "#s=10-20,35-40", those that a text of n code points has.
export function chosen(hash, n) {
  const value = new URLSearchParams(hash.replace(/^#/, "")).get("s") || "";
  const spans = [];
  let last = 0;
  for (const part of value.split(",")) {
    const m = /^(\d{1,9})-(\d{1,9})$/.exec(part);
    if (!m) continue;
    const span = { start: Number(m[1]), end: Number(m[2]) };
    if (span.start < last || span.end <= span.start || span.end > n) continue;
    spans.push(span);
    last = span.end;
  }
  return spans;
}

// underlined is the text from start to end, each piece of a claim a link that marks the claim.
function underlined(points, claims, start, end) {
  const cuts = new Set([start, end]);
  for (const c of claims) {
    for (const s of c.spans) {
      if (s.start > start && s.start < end) cuts.add(s.start);
      if (s.end > start && s.end < end) cuts.add(s.end);
    }
  }
  const at = [...cuts].sort((a, b) => a - b);
  const nodes = [];
  for (let i = 0; i + 1 < at.length; i++) {
    const text = lines(points.slice(at[i], at[i + 1]).join(""));
    const over = claims.filter((c) => c.spans.some((s) => s.start <= at[i] && s.end >= at[i + 1]));
    over.sort((a, b) => size(a) - size(b)); // the innermost one
    nodes.push(over.length ? el("a", { href: "#s=" + over[0].spans.map((s) => s.start + "-" + s.end).join(","), title: over[0].who }, text) : text);
  }
  return nodes;
}

// lines keeps every character of the text, and gives each line break an element that the style sheet can space.
function lines(text) {
  return text.split(/(\n)/).map((part) => (part === "\n" ? el("span", { class: "br" }, part) : part));
}

function size(claim) {
  return claim.spans.reduce((n, s) => n + s.end - s.start, 0);
}

function body(points, claims, spans) {
  const parts = [];
  let from = 0;
  for (const s of spans) {
    if (s.start > from) parts.push(underlined(points, claims, from, s.start));
    parts.push(el("mark", {}, underlined(points, claims, s.start, s.end)));
    from = s.end;
  }
  if (from < points.length) parts.push(underlined(points, claims, from, points.length));
  return el("div", { class: "article", lang: "" }, parts);
}

function speakers(reading) {
  const byID = new Map(reading.actors.map((a) => [a.id, a]));
  const said = new Map();
  for (const e of reading.edges) {
    if (e.type === "SAID" && byID.has(e.from)) said.set(e.to, [...(said.get(e.to) || []), byID.get(e.from)]);
  }
  return said;
}

export function view(reading) {
  const a = reading.article;
  const said = speakers(reading);
  const claims = reading.claims.map((c) => ({
    ...c, who: (said.get(c.id) || []).map((s) => s.name).join(", ") || c.by || "unnamed source",
  }));
  const points = Array.from(a.text || "");
  const place = el("div");
  const show = () => {
    place.replaceChildren(body(points, claims, chosen(location.hash, points.length)));
    const mark = place.querySelector("mark");
    if (mark) mark.scrollIntoView({ block: "center" });
  };
  addEventListener("hashchange", show);
  queueMicrotask(() => requestAnimationFrame(show));
  const meta = [a.outlet, a.byline, a.date ? day(a.date) : "", a.url ? outside(a.url, "original") : ""].filter(Boolean);
  return [
    el("h1", {}, a.title || "Article"),
    el("p", { class: "meta" }, meta.flatMap((m, i) => (i ? [" · ", m] : [m]))),
    points.length ? place : el("p", { class: "soft" }, "The text of this article is not kept; its quotes are."),
    a.license ? el("p", { class: "soft" }, a.license) : "",
    el("h2", {}, plural(claims.length, "quote")),
    el("table", {}, el("tbody", {}, claims.map((c) => el("tr", {},
      el("td", { class: "who" }, said.has(c.id) ? actors(said.get(c.id)) : c.who),
      el("td", {}, quote(c.text, a.id, c.spans), el("span", { class: "note" }, c.kind)))))),
  ];
}
