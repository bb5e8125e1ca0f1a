// Elements are made here only, and text becomes text nodes: nothing from an article is ever read as markup.

export function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value !== undefined && value !== null) node.setAttribute(name, value);
  }
  for (const child of children.flat(Infinity)) {
    if (child !== undefined && child !== null && child !== "") {
      node.append(child instanceof Node ? child : document.createTextNode(String(child)));
    }
  }
  return node;
}

// outside links to a page of the web, only ever by http: a loaded URL may say anything.
export function outside(url, ...children) {
  if (!/^https?:\/\//i.test(url || "")) return el("span", {}, children);
  return el("a", { href: url, rel: "noopener noreferrer external", target: "_blank" }, children);
}

// to is a link within this page: its whole state is the query string.
export function to(query, ...children) {
  return el("a", { href: "/?" + new URLSearchParams(query) }, children);
}

export function actor(a) {
  return to({ actor: a.id }, a.name);
}

export function actors(list) {
  return (list || []).flatMap((a, i) => (i ? [", ", actor(a)] : [actor(a)]));
}

// quote links to the place in the article that proves a row.
export function quote(text, article, spans, shown) {
  const at = (spans || []).map((s) => s.start + "-" + s.end).join(",");
  return el("a", { class: "quote", href: "/?article=" + encodeURIComponent(article) + (at ? "#s=" + at : "") }, shown || text);
}

export function day(date) {
  return date ? el("time", { datetime: date }, date.slice(0, 10)) : "";
}

export function plural(n, one, many) {
  return n.toLocaleString("en") + " " + (n === 1 ? one : many || one + "s");
}
