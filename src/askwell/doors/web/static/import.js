// Files may be dropped; how far they have come is shown, first on their way in, then while they are read.
const form = document.querySelector("[data-drop]");
const job = document.querySelector("[data-job]");

if (form) {
  const files = form.querySelector("#files");
  for (const kind of ["dragover", "dragleave", "drop"]) {
    form.addEventListener(kind, (event) => {
      event.preventDefault();
      form.classList.toggle("over", kind === "dragover");
      if (kind === "drop" && event.dataTransfer.files.length) files.files = event.dataTransfer.files;
    });
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const sending = form.querySelector("[data-sending]");
    const bar = sending.querySelector("progress");
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.upload.addEventListener("progress", (step) => {
      if (step.lengthComputable) bar.value = step.loaded / step.total;
    });
    request.addEventListener("load", () => {
      if (request.status < 400) location.assign(request.responseURL);
      else {
        const page = new DOMParser().parseFromString(request.responseText, "text/html");
        document.getElementById("main").replaceChildren(...page.getElementById("main").childNodes);
      }
    });
    request.addEventListener("error", () => form.submit());
    sending.hidden = false;
    request.send(new FormData(form));
  });
}

if (job) {
  const events = new EventSource(`/api/v1/jobs/${job.dataset.job}/events`);
  events.addEventListener("message", (event) => {
    const now = JSON.parse(event.data);
    if (now.state !== "running") {
      events.close();
      location.reload();
      return;
    }
    const bar = job.querySelector("progress");
    bar.max = now.total || 1;
    bar.value = now.done;
    job.querySelector("[data-percent]").textContent = now.total ? Math.floor((100 * now.done) / now.total) : 0;
  });
  events.addEventListener("error", () => { events.close(); setTimeout(() => location.reload(), 2000); });
}
