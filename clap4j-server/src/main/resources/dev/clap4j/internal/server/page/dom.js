/** Elements, always with text as text: nothing that comes from files or answers is ever read as HTML. */

export const byId = (id) => document.getElementById(id);

/** Makes an element. Properties are set on it, children are elements or texts. */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes('-') || name === 'role' || name === 'for') {
      element.setAttribute(name, value);
    } else {
      element[name] = value;
    }
  }
  element.append(...children);
  return element;
}

/** Shows bidirectional and control characters of names as a box, so that no name can pose as another. */
export function plain(name) {
  return name.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '\u25a1');
}

export const percent = (share) => `${(100 * share).toFixed(share < 0.0995 ? 1 : 0)} %`;
