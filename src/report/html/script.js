
"use strict";
// Reading needs none of this: it adds filters, sorting, the keyboard, and ties notes to marks.
(() => {
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const cards = all(".card");
  const stories = all(".story");
  const filters = document.querySelector(".filters");
  let current = null;

  const story = (node) => node.closest(".story");
  const shown = (node) => !node.classList.contains("off");
  const numbers = (mark) => mark.dataset.of.split(" ");
  const card = (mark, number) => document.getElementById("c-" + story(mark).id.slice(2) + "-" + number);
  const marks = new Map();
  for (const mark of all("mark")) {
    for (const number of numbers(mark)) {
      const of = card(mark, number);
      marks.set(of, [...(marks.get(of) || []), mark]);
    }
  }

  // A note and its marks are lit together.
  function light(of, name, on) {
    for (const node of [of, ...(marks.get(of) || [])]) node.classList.toggle(name, on);
  }

  // Leaves the current note; one that was opened on the way is closed again.
  function leave(close) {
    if (!current) return;
    light(current, "current", false);
    if (close || current.dataset.opened) current.open = false;
    delete current.dataset.opened;
    current = null;
  }

  function select(of, focus) {
    if (current !== of) leave(false);
    current = of;
    light(of, "current", true);
    if (!of.open) {
      of.open = true;
      of.dataset.opened = "yes";
    }
    place(of.closest(".text"));
    if (!focus) return;
    const mark = (marks.get(of) || [of])[0];
    mark.scrollIntoView({ block: "center" });
    if (wide.matches) of.scrollIntoView({ block: "nearest" });
    of.querySelector("summary").focus({ preventScroll: true });
  }

  // Where there is a margin, each note stands beside its mark, or below the note before it.
  const wide = matchMedia("screen and (min-width: 60.0625rem)");
  const GAP = 6;
  function place(text) {
    text.classList.toggle("placed", wide.matches);
    const list = all(".card", text).filter(shown);
    if (!wide.matches) {
      for (const of of list) of.style.top = "";
      text.style.minHeight = "";
      return;
    }
    const origin = text.getBoundingClientRect().top;
    const heights = list.map((of) => of.offsetHeight + GAP);
    const wished = list.map((of) => {
      const mark = (marks.get(of) || [])[0];
      return mark ? mark.getClientRects()[0].top - origin - 5 : 0;
    });
    const tops = [];
    const stack = (from) => {
      for (let i = from; i < list.length; i++) {
        tops[i] = Math.max(wished[i], i ? tops[i - 1] + heights[i - 1] : 0);
      }
    };
    stack(0);
    const at = list.indexOf(current);
    if (at > 0) {
      // The current note comes up to its mark, as far as those before it leave room.
      const above = heights.slice(0, at).reduce((a, b) => a + b, 0);
      tops[at] = Math.max(wished[at], above);
      for (let i = at - 1; i >= 0; i--) tops[i] = Math.min(tops[i], tops[i + 1] - heights[i]);
      stack(at + 1);
    }
    list.forEach((of, i) => { of.style.top = tops[i] + "px"; });
    const last = list.length - 1;
    text.style.minHeight = last < 0 ? "" : tops[last] + heights[last] + "px";
  }
  const texts = all(".text");
  const placeAll = () => texts.forEach(place);
  new ResizeObserver(placeAll).observe(document.body);
  document.addEventListener("toggle", (event) => {
    const text = event.target.closest(".text");
    if (text) place(text);
  }, true);

  // The innermost finding that is shown.
  const target = (mark) => numbers(mark).map((n) => card(mark, n)).find(shown);

  document.addEventListener("click", (event) => {
    const mark = event.target.closest("mark");
    if (mark) {
      const of = target(mark);
      event.preventDefault();
      if (of) select(of, true);
      return;
    }
    const summary = event.target.closest(".card > summary");
    if (!summary) return;
    event.preventDefault();
    const of = summary.parentElement;
    if (of === current && of.open) leave(true);
    else {
      select(of, false);
      delete of.dataset.opened;
    }
  });

  let hint = null;
  document.addEventListener("pointerover", (event) => {
    const mark = event.target.closest("mark");
    const of = mark ? target(mark) : event.target.closest(".card");
    if (of === hint) return;
    if (hint) light(hint, "hint", false);
    hint = of || null;
    if (hint) light(hint, "hint", true);
  });

  // Where the keys go on from when no note is current.
  let from = -1;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input:not([type=checkbox]), textarea")) return;
    if (event.key === "Escape") leave(true);
    const by = { j: 1, k: -1, n: 1, p: -1 }[event.key];
    if (!by) return;
    if (event.key === "j" || event.key === "k") {
      const list = cards.filter(shown);
      if (current) from = list.indexOf(current);
      const next = list[Math.max(0, from + by)];
      if (next) select(next, true);
    } else {
      const line = 120;
      const after = stories.findIndex((s) => s.getBoundingClientRect().top > line);
      const here = (after < 0 ? stories.length : after) - 1;
      const next = stories[Math.max(0, here + by)];
      if (next) {
        next.scrollIntoView({ block: "start" });
        next.querySelector("h2").focus({ preventScroll: true });
        leave(false);
        from = cards.filter(shown).findIndex((of) => next.compareDocumentPosition(of) & 4) - 1;
      }
    }
    event.preventDefault();
  });

  // Filters.
  if (filters) {
    const counts = new Map();
    for (const of of cards) counts.set(of.dataset.rule, (counts.get(of.dataset.rule) || 0) + 1);
    const list = filters.querySelector(".rules fieldset");
    const both = document.createElement("p");
    both.className = "both";
    for (const [name, on] of [["all", true], ["none", false]]) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = name;
      button.addEventListener("click", () => {
        for (const box of all("input", list)) box.checked = on;
        filter();
      });
      both.append(button);
    }
    list.append(both);
    for (const [rule, count] of [...counts].sort()) {
      const label = document.createElement("label");
      const box = document.createElement("input");
      const small = document.createElement("small");
      box.type = "checkbox";
      box.name = "rule";
      box.value = rule;
      box.checked = true;
      small.textContent = count;
      label.append(box, " " + rule + " ", small);
      list.append(label);
    }
    const worst = ["critical", "major", "minor", "neutral"];
    const filter = () => {
      const off = new Set(all("input:not(:checked)", filters).map((box) => box.name + box.value));
      for (const of of cards) {
        of.classList.toggle("off", off.has("severity" + of.dataset.severity) || off.has("rule" + of.dataset.rule));
      }
      for (const mark of all("mark")) {
        const left = numbers(mark).map((n) => card(mark, n)).filter(shown).map((of) => of.dataset.severity);
        mark.classList.remove(...worst, "off");
        mark.classList.add(worst.find((severity) => left.includes(severity)) || "off");
      }
      placeAll();
    };
    filters.addEventListener("change", filter);
    filters.addEventListener("submit", (event) => event.preventDefault());
    filters.hidden = false;
  }
  for (const keys of all(".keys")) keys.hidden = cards.length === 0;

  // The index is sorted by any column.
  for (const table of all(".index table")) {
    const heads = all("thead th", table);
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const falling = head.getAttribute("aria-sort") === "ascending" || (column > 1 && !head.hasAttribute("aria-sort"));
        for (const other of heads) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", falling ? "descending" : "ascending");
        const value = (row) => row.cells[column].dataset.value;
        const rows = all("tbody tr", table).sort((a, b) =>
          column === 0
            ? a.cells[0].textContent.localeCompare(b.cells[0].textContent)
            : value(a) - value(b));
        table.tBodies[0].append(...(falling ? rows.reverse() : rows));
      });
    });
  }

  // A link to a note opens it.
  const follow = () => {
    const of = document.getElementById(location.hash.slice(1));
    if (of && of.classList.contains("card")) select(of, true);
  };
  addEventListener("hashchange", follow);
  follow();
})();
