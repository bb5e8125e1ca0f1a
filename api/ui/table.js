// Rows, the shape of every proved relation, as a table that becomes a list on a narrow screen.

import { actor, actors, day, el, plural, quote, to } from "/ui/dom.js";

const verbs = { CRITICIZED: "criticized", PRAISED: "praised", AFFILIATED: "belongs to", DECLINED: "declined to comment" };

function how(row) {
  const parts = [];
  if (verbs[row.type]) parts.push(row.role ? row.role : verbs[row.type]);
  if (row.voice) parts.push(row.voice === "reporter" ? "in the reporter’s words" : "in their own words");
  if (row.kind && !row.voice) parts.push(row.kind);
  if (row.proof.cue) parts.push("“" + row.proof.cue + "”");
  return parts.join(" · ");
}

function marked(row) {
  const text = row.proof.quote || "";
  const spoken = row.kind === "direct" && (row.type === "SAID" || row.type === "REPORTED");
  return spoken && !/^[“"«'‘]/.test(text) ? "“" + text + "”" : text;
}

function source(article) {
  const name = article.outlet || article.title || "article";
  const query = { article: article.id };
  return [to(query, name), article.outlet && article.title ? el("span", { class: "note" }, article.title) : ""];
}

function line(row, shows) {
  const who = row.speakers.length ? actors(row.speakers) : row.by || "unnamed";
  const whom = row.target ? [actor(row.target)] : actors(row.about);
  return el("tr", {},
    shows.who ? el("td", { class: "who" }, who) : "",
    el("td", { class: "what" }, row.proof.quote ? quote(row.proof.quote, row.article.id, row.proof.spans, marked(row)) : "",
      el("span", { class: "note" }, how(row))),
    shows.whom ? el("td", { class: "whom", "data-label": row.target ? "whom:" : "about:" }, whom) : "",
    el("td", { class: "where" }, source(row.article)),
    el("td", { class: "when" }, day(row.article.date)));
}

// table leaves out a column that says nothing: that of the one speaker self, and that of nobody spoken of.
export function table(rows, self) {
  const shows = {
    who: !rows.every((r) => r.speakers.length === 1 && r.speakers[0].id === self),
    whom: rows.some((r) => (r.target && r.target.id !== self) || (r.about || []).some((a) => a.id !== self)),
  };
  const heads = [shows.who && "Who", "Words", shows.whom && (rows.some((r) => r.target) ? "Whom" : "About"), "Source", "Date"];
  return el("table", {},
    el("thead", {}, el("tr", {}, heads.filter(Boolean).map((h) => el("th", { scope: "col" }, h)))),
    el("tbody", {}, rows.map((r) => line(r, shows))));
}

export function companions(list) {
  return el("table", {},
    el("thead", {}, el("tr", {}, ["Who", "Newest words", "Articles", "Jointly"].map((h) => el("th", { scope: "col" }, h)))),
    el("tbody", {}, list.map((c) => el("tr", {},
      el("td", { class: "who" }, actor(c.actor)),
      el("td", {}, quote(c.newest.proof.quote, c.newest.article.id, c.newest.proof.spans, marked(c.newest))),
      el("td", { class: "n", "data-label": "articles:" }, c.articles),
      el("td", { class: "n", "data-label": "jointly:" }, c.joint)))));
}

export function chains(paths) {
  return paths.map((p) => el("section", { class: "chain" },
    el("h2", {}, p.actors.flatMap((a, i) => (i ? [" – ", actor(a)] : [actor(a)]))),
    table(p.steps.map((s) => s.proof))));
}

export function ranks(items, unit) {
  return el("ol", { class: "ranks" }, items.map((i) => el("li", {}, actor(i.actor), el("span", {}, plural(i.n, unit)))));
}

