// The wall clock of boards: begins with the centre's time as the page was made, then counts on.
export function clocks(): void {
  const faces = [...document.querySelectorAll<HTMLElement>("[data-clock]")];
  if (!faces.length) return;
  const offset = Number(faces[0].dataset.clock) * 1000 - Date.now();
  const zone = { timeZone: "Asia/Shanghai", hour: "2-digit", minute: "2-digit", hour12: false } as const;
  const format = new Intl.DateTimeFormat("zh-CN", zone);
  setInterval(() => {
    const text = format.format(new Date(Date.now() + offset));
    for (const face of faces) if (face.textContent !== text) face.textContent = text;
  }, 1000);
}
