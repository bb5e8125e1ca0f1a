// One URL is the only state: /?q=…, /?actor=ID, /?article=ID#s=START-END, /?list=…, or none of them.

import { actor, el, plural, to } from "/ui/dom.js";
import { get, keep } from "/ui/service.js";
import { chains, companions, ranks, table } from "/ui/table.js";
import * as article from "/ui/article.js";

const main = document.getElementById("main");
const query = new URLSearchParams(location.search);

const lists = {
  claims: { path: "claims", title: "Claims" },
  criticisms: { path: "criticisms", title: "Criticism" },
  people: { path: "people", title: "People", unit: "article" },
  organizations: { path: "organizations", title: "Organizations", unit: "article" },
};

const profileParts = [
  ["criticized", "Criticized", (id) => ({ list: "criticisms", from: id })],
  ["criticized_by", "Criticized by", (id) => ({ list: "criticisms", to: id })],
  ["praised", "Praised", (id) => ({ list: "criticisms", polarity: "positive", from: id })],
  ["praised_by", "Praised by", (id) => ({ list: "criticisms", polarity: "positive", to: id })],
  ["said", "Said", (id) => ({ list: "claims", speaker: id })],
  ["said_about", "Said about them", (id) => ({ list: "claims", about: id })],
  ["affiliations", "Roles", null],
  ["declined", "Declined to comment", null],
];

function next(cursor) {
  if (!cursor) return "";
  const more = new URLSearchParams(query);
  more.set("after", cursor);
  return el("p", {}, to(more, "More"));
}

// understood tells how a name was taken, where it may have meant another.
function understood(names) {
  return (names || []).filter((n) => n.actor && n.ambiguous).map((n) => el("p", { class: "soft" },
    "“" + n.asked + "” is taken for ", actor(n.actor), ". It may also mean ",
    n.ambiguous.flatMap((c, i) => [i ? ", " : "", swap(n.asked, c)]), "."));
}

// swap asks the same question of another actor.
function swap(asked, candidate) {
  const q = query.get("q");
  if (!q || !q.includes(asked)) return actor(candidate);
  return to({ q: q.replace(asked, () => candidate.id) }, candidate.name);
}

function profile(p) {
  const a = p.actor;
  return [
    el("h1", {}, a.name),
    el("p", { class: "meta" }, a.label, " · ", plural(p.articles, "article"),
      a.aliases && a.aliases.length ? [" · also ", a.aliases.join(", ")] : ""),
    profileParts.filter(([key]) => p[key].rows.length).map(([key, title, more]) => [
      el("h2", {}, title, " ", el("span", { class: "soft" }, p[key].total)),
      table(p[key].rows, a.id),
      more && p[key].next ? el("p", {}, to(more(a.id), "All " + p[key].total)) : "",
    ]),
  ];
}

async function ask() {
  const q = query.get("q");
  document.getElementById("q").value = q;
  document.title = q + " – saidgraph";
  const a = await get("ask", { q, limit: "50", ...(query.has("after") ? { after: query.get("after") } : {}) }).catch((p) => {
    if (p.field === "limit") return get("ask", { q }); // a form, or a question with its own limit
    throw p;
  });
  if (a.profile) return profile(a.profile);
  const unknown = (a.names || []).filter((n) => !n.actor);
  return [
    el("h1", {}, q),
    understood(a.names),
    unknown.map((n) => el("p", { class: "problem" }, "Nobody here is named “" + n.asked + "”. ",
      n.suggestions ? ["Near it: ", n.suggestions.flatMap((c, i) => [i ? ", " : "", swap(n.asked, c)])] : "")),
    a.hint && !unknown.length ? el("p", { class: "soft" }, a.hint) : "",
    a.rows && a.rows.length ? table(a.rows) : "",
    a.companions && a.companions.length ? companions(a.companions) : "",
    a.paths ? chains(a.paths) : "",
    next(a.next),
  ];
}

async function list(kind) {
  const { path, title, unit } = lists[kind];
  const rest = new URLSearchParams(query);
  rest.delete("list");
  const page = await get(path, rest);
  document.title = title + " – saidgraph";
  return [
    el("h1", {}, rest.get("polarity") === "positive" ? "Praise" : title),
    understood(page.names),
    page.items.length ? (unit ? ranks(page.items, unit) : table(page.items)) : el("p", { class: "soft" }, "Nothing."),
    next(page.next),
  ];
}

async function home() {
  const [people, organizations, criticisms, stats] = await Promise.all([
    get("people", { count: "quotes", limit: "10" }), get("organizations", { limit: "10" }),
    get("criticisms", { limit: "5" }), get("stats")]);
  const questions = ["who criticized whom", "who said what", "who declined to comment", "who praised whom"];
  if (people.items.length) {
    const name = people.items[0].actor.name;
    questions.push("what did " + name + " say", "who is quoted with " + name);
  }
  const n = stats.nodes;
  return [
    el("h1", {}, "Who said what about whom"),
    el("p", { class: "meta" }, [[n.article, "article"], [n.claim, "quote"], [n.person, "person", "people"], [n.organization, "organization"]]
      .map(([count, one, many]) => plural(count || 0, one, many)).join(" · ")),
    el("ul", { class: "chips" }, questions.map((q) => el("li", {}, to({ q }, q)))),
    criticisms.items.length ? [el("h2", {}, "Newest criticism"), table(criticisms.items)] : "",
    people.items.length ? [el("h2", {}, "Most quoted people"), ranks(people.items, "quote")] : "",
    organizations.items.length ? [el("h2", {}, "Organizations in most articles"), ranks(organizations.items, "article")] : "",
    n.article ? "" : el("p", { class: "soft" }, "The graph is empty: load articles first."),
  ];
}

function key() {
  const input = el("input", { type: "password", autocomplete: "off", "aria-label": "API key", required: "" });
  const form = el("form", {}, input, el("button", {}, "Use this key"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    keep(input.value.trim());
    location.reload();
  });
  return [el("p", {}, "This server asks for an API key. It is kept for this tab only."), form];
}

function problem(p) {
  if (p.status === 401) return key();
  return el("div", { class: "problem" }, el("strong", {}, p.title || "Error"), el("div", {}, p.detail || ""));
}

async function view() {
  if (query.has("q") && !query.has("list")) return ask();
  if (query.has("article")) {
    const reading = await get("articles/" + encodeURIComponent(query.get("article")));
    document.title = (reading.article.title || "Article") + " – saidgraph";
    return article.view(reading);
  }
  if (query.has("actor")) {
    const p = await get("actors/" + encodeURIComponent(query.get("actor")));
    document.title = p.actor.name + " – saidgraph";
    return profile(p);
  }
  if (Object.hasOwn(lists, query.get("list"))) return list(query.get("list"));
  return home();
}

try {
  main.replaceChildren(el("div", {}, await view()));
} catch (p) {
  main.replaceChildren(el("div", {}, problem(p instanceof Error ? { title: "Error in this page", detail: p.message } : p)));
}
main.dataset.ready = "true";
