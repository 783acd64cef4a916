// The letter is looked at while it is written: the server says what it finds, the words are marked in place.
const form = document.querySelector("[data-check]");
const text = document.getElementById("text");
const to = document.getElementById("to");
const under = form.querySelector(".under");
const said = document.getElementById("said");
const PAUSE = 120; // ms of rest after a key; an answer takes some 30 more

let marks = [];
let before = Array.from(text.value);
let waiting = 0;
let asked = null;
let told = "";

function paint() {
  const letters = Array.from(text.value);
  const parts = [];
  let at = 0;
  for (const mark of [...marks].sort((a, b) => a.start - b.start)) {
    if (mark.start < at || mark.end > letters.length) continue;
    parts.push(letters.slice(at, mark.start).join(""));
    const word = document.createElement("mark");
    word.className = mark.level;
    word.textContent = letters.slice(mark.start, mark.end).join("");
    if (mark.on) word.classList.add("on");
    parts.push(word);
    at = mark.end;
  }
  parts.push(`${letters.slice(at).join("")}\n`);
  under.replaceChildren(...parts);
}

// Marks stay with their words while the next answer is on its way; those that were written in go.
function shift() {
  const now = Array.from(text.value);
  const most = Math.min(before.length, now.length);
  let head = 0;
  while (head < most && before[head] === now[head]) head += 1;
  let tail = 0;
  while (tail < most - head && before[before.length - 1 - tail] === now[now.length - 1 - tail]) tail += 1;
  const by = now.length - before.length;
  marks = marks.flatMap((mark) => {
    if (mark.end <= head) return [mark];
    if (mark.start >= before.length - tail) return [{ ...mark, start: mark.start + by, end: mark.end + by }];
    return [];
  });
  before = now;
}

function take(page) {
  marks = [...page.querySelectorAll("[data-span]")].map((one) => {
    const [start, end] = one.dataset.span.split(",").map(Number);
    return { start, end, level: one.dataset.level };
  });
  paint();
  const verdict = page.querySelector("[data-said]");
  const words = verdict ? verdict.dataset.said : "";
  if (words !== told) {
    told = words;
    said.textContent = words;
  }
}

// What is wrong is said where the verdict stands, and the letter is left alone.
function say(...lines) {
  const card = document.createElement("div");
  card.className = "card trouble";
  card.setAttribute("role", "alert");
  card.append(...lines.map((line) => Object.assign(document.createElement("p"), { textContent: line })));
  document.getElementById("found").replaceChildren(card);
}

async function look() {
  asked?.abort();
  asked = new AbortController();
  try {
    const body = new URLSearchParams(new FormData(form));
    const answer = await fetch("/check/live", { method: "POST", body, signal: asked.signal });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!answer.ok) {
      say(...[...page.querySelectorAll("main h1, main > p")].map((one) => one.textContent));
      return;
    }
    for (const id of ["found", "better"]) {
      const old = document.getElementById(id);
      const now = page.getElementById(id);
      if (old.innerHTML !== now.innerHTML) old.replaceChildren(...now.childNodes);
    }
    take(document);
  } catch (error) {
    if (error.name !== "AbortError") say(form.dataset.gone);
  }
}

function soon() {
  clearTimeout(waiting);
  waiting = setTimeout(look, PAUSE);
}

async function offer() {
  const typed = to.value;
  const word = typed.split(/[,;]/).pop().trim();
  if (word.length < 2 || word.includes("<")) return;
  const answer = await fetch(`/api/v1/people?limit=8&words=${encodeURIComponent(word)}`);
  if (!answer.ok || to.value !== typed) return;
  const first = typed.slice(0, typed.trimEnd().length - word.length);
  const found = (await answer.json()).people.map((one) => {
    const option = document.createElement("option");
    option.value = `${first}${one.addresses.some((a) => a.includes("@")) ? `${one.name} <${one.addresses[0]}>` : one.person}`;
    option.label = [one.name, one.org].filter(Boolean).join(", ");
    return option;
  });
  document.getElementById("known").replaceChildren(...found);
}

text.addEventListener("input", () => { shift(); paint(); soon(); });
form.addEventListener("input", (event) => { if (event.target !== text) soon(); });
to.addEventListener("input", offer);
form.addEventListener("submit", (event) => { event.preventDefault(); clearTimeout(waiting); look(); });
text.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
});

// A finding that is pointed at shows its words; the gentler letter takes the place of the first.
for (const [kind, on] of [["mouseover", true], ["mouseout", false], ["focusin", true], ["focusout", false]]) {
  document.addEventListener(kind, (event) => {
    const span = event.target.closest("[data-span]")?.dataset.span;
    if (!span) return;
    marks = marks.map((mark) => ({ ...mark, on: on && `${mark.start},${mark.end}` === span }));
    paint();
  });
}
document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-use]")) return;
  event.preventDefault();
  text.value = event.target.elements.text.value;
  shift();
  look();
  text.focus();
  text.setSelectionRange(0, 0);
  form.scrollIntoView({ block: "start" });
});
document.addEventListener("click", (event) => {
  const pick = event.target.closest("[data-pick]");
  if (!pick) return;
  event.preventDefault();
  to.value = pick.dataset.pick;
  look();
});

form.querySelector(".sheet").classList.add("grown");
take(document);
