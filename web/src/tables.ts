// On a phone a table of several columns is read row by row: each cell under its column's name (`data-label`), the first as the row's title.
// Without scripts the table keeps its columns and is scrolled sideways.
export function tables(): void {
  label();
  document.addEventListener("htmx:afterSettle", label);
}

function label(): void {
  for (const table of document.querySelectorAll<HTMLTableElement>(".table-wrap > .table:not(.is-counts)")) {
    const names = [...(table.tHead?.rows[0]?.cells ?? [])].map((cell) => (cell.querySelector(".unseen") ? "" : cell.textContent!.trim()));
    if (names.length < 3) continue;
    table.dataset.stacked = "";
    for (const row of [...table.tBodies].flatMap((body) => [...body.rows])) {
      let column = 0;
      for (const cell of row.cells) {
        cell.dataset.label = column === 0 ? "" : (names[column] ?? "");
        column += cell.colSpan;
      }
    }
  }
}
