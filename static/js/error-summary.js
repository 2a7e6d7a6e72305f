/** After a bad answer, a keyboard or screen reader begins at the list of what to mend; its links go to the label too. */
export function focusErrorSummary(page) {
  const summary = page.querySelector("[data-error-summary]");
  if (!summary) return;
  summary.focus();
  summary.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    const field = link && page.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    (field.closest("fieldset") ?? field.closest(".nhsuk-form-group") ?? field).scrollIntoView();
    field.focus({ preventScroll: true });
  });
}
