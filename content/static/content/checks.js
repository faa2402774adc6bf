// After each save the editor is told what may have been overlooked.
document.addEventListener("w-autosave:success", async () => {
  const place = document.querySelector("[data-checks-address]");
  if (!place) return;
  const answer = await fetch(place.dataset.checksAddress);
  if (!answer.ok) return;
  const wasOpen = place.querySelector("details")?.open;
  place.innerHTML = await answer.text();
  if (wasOpen && place.querySelector("details")) place.querySelector("details").open = true;
});
