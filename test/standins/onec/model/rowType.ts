/** A shape from the compact notation: fixed fields first, then attributes, with references to walk along. */
import { parseAttributes, propertiesOf, type Property, type RowType } from './types';

export function rowType(
	name: string,
	key: readonly string[],
	fixed: string,
	attributes: string,
	sections: RowType[] = [],
): RowType {
	const properties = new Map<string, Property>();
	const navigation = new Map<string, string>();
	const add = (source: string, isSystem: boolean) => {
		for (const { name: attribute, type } of parseAttributes(source)) {
			for (const property of propertiesOf(attribute, type)) {
				properties.set(property.name, { ...property, system: isSystem });
			}
			if (type.kind === 'ref') navigation.set(attribute, type.set);
		}
	};
	add(fixed, true);
	add(attributes, false);
	const tables = new Map(sections.map((table) => [table.name.slice(name.length + 1), table]));
	return { name, key, properties, navigation, tables };
}
