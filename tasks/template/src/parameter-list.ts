/** Of such a type `Ref` gives a list. */
export function isListType(type: string): boolean {
  return type === 'CommaDelimitedList' || /^List<.+>$/.test(type);
}

/** The items of a list's text; blanks around them do not count. An empty text is an empty list. */
export function listItems(text: string): string[] {
  return text === '' ? [] : text.split(',').map((item) => item.trim());
}
