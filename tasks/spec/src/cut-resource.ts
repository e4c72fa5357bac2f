import assert from 'node:assert/strict';
import type {
  Property as SourceProperty,
  PropertyType as SourceType,
  Resource,
  SpecDatabase,
} from '@aws-cdk/service-spec-types';
import type { Property, PropertyType, ResourceType } from './resource-type.ts';

/** Cuts one resource type, with the definitions that its properties and attributes use, out of the database. */
export function cutResource(database: SpecDatabase, source: Resource): ResourceType {
  const definitions: Record<string, Readonly<Record<string, Property>>> = {};
  const idOfDefinition = new Map<string, string>();

  const define = (id: string): string => {
    const { name, properties } = database.get('typeDefinition', id);
    assert.equal(idOfDefinition.get(name) ?? id, id, `${source.cloudFormationType} has two definitions named ${name}`);
    if (!idOfDefinition.has(name)) {
      idOfDefinition.set(name, id);
      definitions[name] = mapValues(properties, (property) => cutProperty(property, define));
    }
    return name;
  };

  const properties = mapValues(source.properties, (property) => cutProperty(property, define));
  const attributes = mapValues(source.attributes, ({ type }) => cutType(type, define));
  const { primaryIdentifier = [], cfnRefIdentifier, isStateful, tagInformation, arnTemplate } = source;
  return {
    name: source.cloudFormationType,
    properties,
    attributes,
    primaryIdentifier,
    ...(cfnRefIdentifier && { refIdentifier: cfnRefIdentifier }),
    ...(isStateful === true && { isStateful }),
    ...(tagInformation && { tagProperty: tagInformation.tagPropertyName }),
    ...(arnTemplate !== undefined && { arnTemplate }),
    definitions,
  };
}

type Define = (id: string) => string;

function cutProperty({ type, required, causesReplacement }: SourceProperty, define: Define): Property {
  return {
    type: cutType(type, define),
    ...(required === true && { required }),
    ...((causesReplacement === 'yes' || causesReplacement === 'maybe') && { causesReplacement }),
  };
}

function cutType(source: SourceType, define: Define): PropertyType {
  switch (source.type) {
    case 'array':
    case 'map':
      return { type: source.type, element: cutType(source.element, define) };
    case 'ref':
      return { type: 'ref', definition: define(source.reference.$ref) };
    case 'union':
      return { type: 'union', types: source.types.map((type) => cutType(type, define)) };
    default:
      return { type: source.type };
  }
}

function mapValues<T, R>(record: Readonly<Record<string, T>>, map: (value: T) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
