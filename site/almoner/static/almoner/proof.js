// A small task for the browser, which sends the form on when it is done. Without it the page says how long to wait.
const box = document.querySelector("[data-proof]");
const says = document.querySelector("[data-proof-says]");
const AT_ONCE = 128;
const encoder = new TextEncoder();

const zeros = (digest) => {
  let count = 0;
  for (const byte of digest) {
    if (byte) return count + Math.clz32(byte) - 24;
    count += 8;
  }
  return count;
};

const look = async (seed, piece, bits) => {
  for (let from = 0; ; from += AT_ONCE) {
    const digests = await Promise.all(
      Array.from({ length: AT_ONCE }, (_, step) =>
        crypto.subtle.digest("SHA-256", encoder.encode(`${seed}.${piece}.${from + step}`)),
      ),
    );
    const found = digests.findIndex((digest) => zeros(new Uint8Array(digest)) >= bits);
    if (found >= 0) return from + found;
  }
};

if (box && globalThis.crypto?.subtle) {
  const { seed, pieces, bits } = box.dataset;
  says.textContent = "Checking. This takes a few seconds.";
  const numbers = [];
  for (let piece = 0; piece < Number(pieces); piece += 1) numbers.push(await look(seed, piece, Number(bits)));
  box.value = numbers.join(" ");
  says.textContent = "Done. Going on to the payment page.";
  box.form.submit();
}
