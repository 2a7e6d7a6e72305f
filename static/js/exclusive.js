/** Ticking "none of these" clears the others; ticking another clears "none of these". */
export function standAlone(page) {
  page.addEventListener("change", ({ target }) => {
    if (target.type !== "checkbox" || !target.checked) return;
    const group = target.form?.querySelectorAll(`input[type="checkbox"][name="${CSS.escape(target.name)}"]`) ?? [];
    const alone = "exclusive" in target.dataset;
    for (const other of group) {
      if (other !== target && (alone || "exclusive" in other.dataset)) other.checked = false;
    }
  });
}
