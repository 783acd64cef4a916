// One key a decision: y, n or s. What was decided stands at the top of the next page, to be taken back.
const form = document.querySelector("[data-review]");
const keys = new Map([...(form?.querySelectorAll("button") ?? [])].map((one) => [one.ariaKeyShortcuts ?? one.getAttribute("aria-keyshortcuts"), one]));

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || document.querySelector("dialog[open]")) return;
  if (event.target.closest("input, textarea, select")) return;
  const button = keys.get(event.key.toLowerCase());
  if (!button) return;
  event.preventDefault();
  form.requestSubmit(button);
});
