import { imageType } from "./image-type.js";

/** How many bytes of what is no image are shown. */
const SAMPLE = 16;

const numbers = new Intl.NumberFormat();

/** Shows one message at a time, as large as it can. Whatever a message contains is text or an image, never markup. */
export class Display {
  #place;

  /** @param {HTMLElement} place what holds the message */
  constructor(place) {
    this.#place = place;
  }

  /** @param {unknown} message a number, a text, an `ArrayBuffer`, or anything else that JSON has */
  show(message) {
    if (message instanceof ArrayBuffer) {
      this.#showBytes(new Uint8Array(message));
    } else {
      this.#showText(typeof message === "string" ? message : JSON.stringify(message));
    }
  }

  #showText(text) {
    const paragraph = document.createElement("p");
    paragraph.dir = "auto";
    paragraph.className = sizeOf(text);
    paragraph.textContent = text;
    this.#place.replaceChildren(paragraph);
  }

  #showBytes(bytes) {
    const type = imageType(bytes);
    if (type === undefined) {
      this.#showText(describe(bytes));
      return;
    }
    const image = document.createElement("img");
    // The bytes live as long as their address; an image needs neither once it has been read.
    image.src = URL.createObjectURL(new Blob([bytes], { type }));
    image.alt = `An image: ${type}, ${numbers.format(bytes.length)} bytes`;
    image.addEventListener("load", () => URL.revokeObjectURL(image.src));
    image.addEventListener("error", () => {
      URL.revokeObjectURL(image.src);
      if (image.isConnected) {
        this.#showText(describe(bytes));
      }
    });
    this.#place.replaceChildren(image);
  }
}

function describe(bytes) {
  const sample = Array.from(bytes.subarray(0, SAMPLE), (byte) => byte.toString(16).padStart(2, "0")).join(" ");
  return `${numbers.format(bytes.length)} bytes: ${sample}${bytes.length > SAMPLE ? " …" : ""}`;
}

function sizeOf(text) {
  if (text.length <= 6) return "huge";
  if (text.length <= 24) return "large";
  return text.length <= 160 ? "medium" : "small";
}
