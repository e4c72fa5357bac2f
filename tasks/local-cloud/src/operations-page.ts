import type { Registry } from './services/registry.ts';
import { modelOf } from './wire/model.ts';

/**
 * The page that says what is simulated and what is not, from the services' behaviour and from the operations that the
 * SDK's own clients know. Out: Markdown.
 */
export async function operationsPage(registry: Registry): Promise<string> {
  const sections: string[] = [];
  for (const name of Object.keys(registry).sort()) sections.push(await section(name, registry));
  return `${HEAD}${sections.join('\n')}`;
}

const HEAD = `# What the local cloud simulates

Written by \`make sync\`; do not edit. Services stand under the name that their requests are signed with. An operation
that is not simulated answers with the error \`NotImplemented\` (HTTP 501), which names it; so does every other service.

`;

async function section(name: string, registry: Registry): Promise<string> {
  const { client, operations } = (await registry[name]?.()) ?? { client: '', operations: {} };
  const model = modelOf((await import(`@aws-sdk/${client}`)) as Readonly<Record<string, unknown>>);
  const others = [...model.operations.keys()].filter((operation) => operations[operation] === undefined);
  return `## ${name}

Simulated: ${list(Object.keys(operations))}.

<details><summary>Not simulated: ${others.length}</summary>

${list(others)}

</details>
`;
}

function list(names: readonly string[]): string {
  return names.length === 0 ? 'none' : [...names].sort().join(', ');
}
