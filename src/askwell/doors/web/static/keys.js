// Keys on every page: / search, g and a letter to go, c check, j and k in lists, ? help; and copying letters.
document.documentElement.classList.add("scripted");

const links = new Map([...document.querySelectorAll("a[data-key]")].map((a) => [a.dataset.key, a]));
const help = document.getElementById("keys");
document.querySelector(".top [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
let before = "";
let forget = 0;

function typing(target) {
  return target.closest("input, textarea, select, [contenteditable]") && !target.matches("[type=checkbox], [type=radio]");
}

function step(by) {
  const rows = [...document.querySelectorAll("[data-row]")];
  if (!rows.length) return;
  const at = rows.findIndex((row) => row === document.activeElement || row.contains(document.activeElement));
  const next = rows[Math.min(rows.length - 1, Math.max(0, at < 0 ? (by > 0 ? 0 : rows.length - 1) : at + by))];
  const target = next.matches("a, button, [tabindex]") ? next : next.querySelector("a, button, summary") ?? next;
  target.focus();
  next.scrollIntoView({ block: "nearest" });
}

function search() {
  const field = document.querySelector("[data-search]");
  if (field) field.focus();
  else links.get("g p")?.click();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || help?.open) return;
  if (typing(event.target)) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  const both = before ? `${before} ${event.key}` : event.key;
  before = "";
  clearTimeout(forget);
  if (links.has(both)) links.get(both).click();
  else if (both === "/") search();
  else if (both === "?") help?.showModal();
  else if (both === "j") step(1);
  else if (both === "k") step(-1);
  else if (both === "g") {
    before = "g";
    forget = setTimeout(() => { before = ""; }, 1500);
    return;
  } else return;
  event.preventDefault();
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const text = button.closest("[data-letter]").querySelector("pre").textContent;
  await navigator.clipboard.writeText(text);
  const label = button.textContent;
  button.textContent = button.dataset.copied;
  setTimeout(() => { button.textContent = label; }, 2000);
});
