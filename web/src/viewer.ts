// The page that lies open beside the form is marked in the list it was chosen from.
export function viewer(): void {
  document.addEventListener("htmx:afterSwap", () => {
    const open = document.getElementById("viewer")?.dataset.open;
    if (!open) return;
    for (const link of document.querySelectorAll("[data-page]")) {
      if (link.getAttribute("data-page") === open) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  });
}
