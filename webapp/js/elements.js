/**
 * Makes an element. Texts are set as text, never as markup.
 *
 * @param {string} name of the element
 * @param {object} properties to set; those of `dataset` go there
 * @param {...(Node | string)} children
 */
export function element(name, { dataset = {}, ...properties } = {}, ...children) {
  const made = document.createElement(name);
  Object.assign(made, properties);
  Object.assign(made.dataset, dataset);
  made.append(...children);
  return made;
}

/** Returns a name in an element of its own, so that one that is written from right to left moves nothing else. */
export const nameOf = (text, className = "") => element("bdi", { textContent: text, className });

/** How many colours people can have, see chat.css. */
const COLOURS = 8;

/** Returns a round sign for a person, with the first letter of the name. */
export function avatar({ id, name }) {
  const letter = new Intl.Segmenter().segment(name)[Symbol.iterator]().next().value?.segment ?? "";
  const sign = element("span", { className: "avatar", textContent: letter.toLocaleUpperCase() });
  sign.dataset.colour = Number(id) % COLOURS;
  sign.ariaHidden = "true";
  return sign;
}
