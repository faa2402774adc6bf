// Previous and next for a rail of endorsements: added only where the rail overflows. Nothing moves by itself.
for (const rail of document.querySelectorAll("[data-rail]")) {
  const head = rail.parentElement.querySelector(".endorsements__head");
  const box = document.createElement("div");
  box.className = "rail__buttons";
  const make = (words, arrow, direction) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "rail__button";
    button.setAttribute("aria-label", words);
    button.setAttribute("aria-controls", rail.id);
    button.textContent = arrow;
    button.addEventListener("click", () => {
      if (button.getAttribute("aria-disabled") === "true") return;
      const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
      const step = rail.firstElementChild.getBoundingClientRect().width + 16;
      rail.scrollBy({ left: direction * step, behavior: calm ? "auto" : "smooth" });
    });
    box.append(button);
    return button;
  };
  const previous = make("Previous", "←", -1);
  const next = make("Next", "→", 1);
  const look = () => {
    const room = rail.scrollWidth - rail.clientWidth;
    if (room > 4) head.append(box);
    else box.remove();
    previous.setAttribute("aria-disabled", String(rail.scrollLeft < 4));
    next.setAttribute("aria-disabled", String(rail.scrollLeft > room - 4));
  };
  rail.addEventListener("scroll", look, { passive: true });
  new ResizeObserver(look).observe(rail);
}
