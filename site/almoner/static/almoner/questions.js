// Opens the question that the address leads to, and every question before printing.
const open = () => {
  const answer = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const question = answer && answer.closest("details");
  if (question) {
    question.open = true;
    question.scrollIntoView();
  }
};
addEventListener("hashchange", open);
addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((each) => (each.open = true)));
open();
