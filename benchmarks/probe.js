// What a reader's screen does after a key press, timed inside the page itself.
// Runs before anything of the page. Times are performance.now(), on the clock of event.timeStamp.
(() => {
  const probe = { pressedAt: null, finishedAt: null, drawnAt: null, stirredAt: 0 };
  window.__probe = probe;

  addEventListener("keydown", (event) => {
    Object.assign(probe, { pressedAt: event.timeStamp, finishedAt: null, drawnAt: null });
    probe.stirredAt = event.timeStamp;
  }, true);

  // A chart is drawn when the frame that shows its last change begins.
  let waiting = false;
  const drawn = () => {
    probe.stirredAt = performance.now();
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      probe.drawnAt = probe.stirredAt = performance.now();
    });
  };
  new MutationObserver((changes) => {
    if (changes.some(({ target }) => target instanceof SVGElement && target.closest(".vega-embed"))) drawn();
  }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  for (const brush of ["clearRect", "fillRect", "fill", "stroke", "fillText"]) {
    const original = CanvasRenderingContext2D.prototype[brush];
    CanvasRenderingContext2D.prototype[brush] = function (...given) {
      if (this.canvas.closest && this.canvas.closest(".vega-embed")) drawn();
      return original.apply(this, given);
    };
  }

  // Streamlit says that a run is over with a ForwardMsg whose field 6, `script_finished`, is 0 or 3.
  const varint = (bytes, at) => {
    let value = 0, shift = 0, byte;
    do { byte = bytes[at++]; value += (byte & 0x7f) * 2 ** shift; shift += 7; } while (byte & 0x80);
    return [value, at];
  };
  const ending = (bytes) => {
    for (let at = 0, key, value; at < bytes.length;) {
      [key, at] = varint(bytes, at);
      if (key % 8 === 0) [value, at] = varint(bytes, at);
      else if (key % 8 === 2) { [value, at] = varint(bytes, at); at += value; }
      else return null;
      if (key === 6 * 8) return value;
    }
    return null;
  };
  const Original = window.WebSocket;
  window.WebSocket = class extends Original {
    constructor(...given) {
      super(...given);
      this.addEventListener("message", ({ data }) => {
        probe.stirredAt = performance.now();
        if (data instanceof ArrayBuffer && [0, 3].includes(ending(new Uint8Array(data)))) {
          probe.finishedAt = performance.now();
        }
      });
    }
  };
})();
