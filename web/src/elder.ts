// Larger print: the choice is kept in a cookie, so that the next page is large from its first paint.
export function elder(): void {
  document.addEventListener("click", (event) => {
    const pressed = (event.target as Element).closest<HTMLElement>("[data-elder-toggle]");
    if (!pressed) return;
    event.preventDefault();
    const root = document.documentElement;
    const large = !("elder" in root.dataset);
    if (large) root.dataset.elder = "";
    else delete root.dataset.elder;
    pressed.setAttribute("aria-pressed", String(large));
    document.cookie = `elder=${large ? "1" : "0"}; path=/; max-age=31536000; samesite=lax`;
  });
}
