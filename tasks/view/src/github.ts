import { clean } from './text.ts';

/**
 * A workflow command of GitHub Actions, escaped as its toolkit does:
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export function githubCommand(
  name: string,
  message: string,
  properties: Readonly<Record<string, string>> = {},
): string {
  const pairs = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(value)}`);
  return `::${name}${pairs.length === 0 ? '' : ` ${pairs.join(',')}`}::${escapeMessage(message)}`;
}

/**
 * Text from elsewhere that must not be taken for a command. GitHub obeys `::name::` at the start of a line, whatever
 * the white space before it, and the older `##[name]` anywhere in one.
 */
export function disarm(text: string): string {
  return clean(text)
    .replace(/^(\s*):(?=:)/, '$1: ')
    .replaceAll('##[', '## [');
}

function escapeMessage(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
