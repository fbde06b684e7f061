/** How files of the types begin that every browser shows; "?" stands for any byte. */
const SIGNATURES = [
  ["image/png", "\x89PNG\r\n\x1a\n"],
  ["image/jpeg", "\xff\xd8\xff"],
  ["image/gif", "GIF8"],
  ["image/webp", "RIFF????WEBP"],
  ["image/avif", "????ftypavif"],
];

/**
 * Tells what image some bytes are. Pictures that are documents, such as SVG, are none.
 *
 * @param {Uint8Array} bytes
 * @returns {string | undefined} such as "image/png"
 */
export function imageType(bytes) {
  return SIGNATURES.find(([, signature]) => beginsWith(bytes, signature))?.[0];
}

function beginsWith(bytes, signature) {
  return [...signature].every((char, i) => char === "?" || bytes[i] === char.charCodeAt(0));
}
