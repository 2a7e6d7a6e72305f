const PAUSE = 1000;

/** A button that sends something ignores a second press within a second. The server makes a late one harmless. */
export function ignoreSecondPress(page) {
  const pressed = new WeakMap();
  page.addEventListener("click", (event) => {
    const button = event.target.closest("[data-once]");
    if (!button) return;
    if (event.timeStamp - (pressed.get(button) ?? -PAUSE) < PAUSE) event.preventDefault();
    else pressed.set(button, event.timeStamp);
  });
}
