"use strict";

// What the page adds to the terminal of textual-serve (textual.js), which it leaves as it is.

(() => {
  const terminal = document.getElementById("terminal");
  terminal.dataset.sessionWebsocketUrl = new URL("ws", location.href).href.replace(/^http/, "ws");

  // The terminal measures its font when it opens: it must be there before.
  const open = window.onload;
  window.onload = async (event) => {
    const styles = ["", "bold ", "italic "];
    await Promise.allSettled(styles.map((style) => document.fonts.load(`${style}16px "Roboto Mono"`)));
    open(event);
  };

  // The websocket says why it closes, and the terminal does not tell.
  const focus = () => document.querySelector(".xterm-helper-textarea")?.focus();
  const Plain = window.WebSocket;
  window.WebSocket = class extends Plain {
    constructor(...given) {
      super(...given);
      this.addEventListener("open", focus);
      this.addEventListener("close", (event) => {
        const lost = "The connection was lost, or the server has ended.";
        document.getElementById("how").textContent = event.reason || lost;
        document.getElementById("again").focus();
      });
    }

    send(data) {
      if (this.readyState === Plain.OPEN) super.send(data);
    }
  };
  window.addEventListener("focus", () => {
    if (!document.body.classList.contains("-closed")) focus();
  });
  document.getElementById("again").addEventListener("click", () => location.reload());

  // A file is fetched as a download, and an address is opened in a page that knows nothing of this
  // one. A click on an address in a text opens nothing: only the reader's own key does.
  const openPage = window.open.bind(window);
  window.open = (address) => {
    if (address === undefined) return null;
    const url = new URL(address, location.href);
    if (url.origin === location.origin) {
      const link = document.createElement("a");
      link.href = new URL(`.${url.pathname}`, location.href).href;
      link.download = "";
      link.click();
    } else if (/^https?:$/.test(url.protocol)) {
      openPage(url.href, "_blank", "noopener,noreferrer");
    }
    return null;
  };

  // Browsers give the clipboard to pages of this machine or over https only. Elsewhere the old way
  // is left, which works in the moments after a key.
  if (!navigator.clipboard) {
    const writeText = async (text) => {
      const box = document.createElement("textarea");
      box.value = text;
      box.style.position = "fixed";
      document.body.append(box);
      box.select();
      document.execCommand("copy");
      box.remove();
      focus();
    };
    const readText = async () => "";
    Object.defineProperty(navigator, "clipboard", { value: { writeText, readText } });
  }
})();
