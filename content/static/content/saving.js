// What is typed is saved by itself, half a second later. Once somebody presses Publish or Approve nothing else may be
// saved beside that: what began earlier and ends later would take the page down again, or make it twice.
document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("[data-edit-form]");
  if (!form) return;

  // Saves nothing more by itself; what is on its way, if anything is.
  const rest = () => {
    const saves = window.wagtail.app.getControllerForElementAndIdentifier(form, "w-autosave");
    if (saves) saves.activeValue = false;
    return saves?.submitPromise;
  };

  form.addEventListener(
    "submit",
    (event) => {
      const onItsWay = rest();
      if (!onItsWay) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (event.submitter?.name) {
        const pressed = document.createElement("input"); // the button itself is switched off by now
        Object.assign(pressed, { type: "hidden", name: event.submitter.name, value: event.submitter.value });
        form.append(pressed);
      }
      onItsWay.finally(() => form.requestSubmit());
    },
    { capture: true },
  );

  // An action that asks for a comment first sends the form without asking anybody.
  form.submit = () => {
    const send = () => HTMLFormElement.prototype.submit.call(form);
    const onItsWay = rest();
    if (onItsWay) onItsWay.finally(send);
    else send();
  };
});
