/** Folders of 1C as sections of the catalogue, each with the GUID of its folder in `xmlId`. */
import { z } from 'zod';
import { holds } from '../../exchange/equality';
import type { GoodsFolder } from '../../exchange/goods';
import { grouped } from '../../shared/grouped';
import { UnknownOutcome } from '../../shared/http';
import { catalogRows } from './catalogSettings';
import type { Bitrix24Client, Command } from '../rest/client';

const sectionSchema = z.object({
	id: z.coerce.number().int(),
	iblockId: z.coerce.number().int(),
	name: z.string(),
	xmlId: z
		.string()
		.nullish()
		.transform((xmlId) => (xmlId ?? '').toLowerCase()),
	iblockSectionId: z.coerce
		.number()
		.int()
		.nullish()
		.transform((parent) => parent || null),
});
type Section = z.output<typeof sectionSchema>;

export interface SectionsWritten {
	/** Section of each folder. */
	sections: Map<string, number>;
	created: number;
	updated: number;
}

const readSections = async (
	client: Bitrix24Client,
	iblockId: number,
): Promise<Map<string, Section>> => {
	const rows = await catalogRows(client, 'catalog.section.list', 'sections', sectionSchema, {
		select: ['id', 'iblockId', 'name', 'xmlId', 'iblockSectionId'],
		filter: { iblockId },
		order: { id: 'ASC' },
	});
	/** Of two sections of one folder the elder counts. */
	return new Map(rows.reverse().map((section) => [section.xmlId, section]));
};

const commandFor = (
	iblockId: number,
	{ ref, name }: GoodsFolder,
	parent: number | null,
	section: Section | undefined,
): Command | null => {
	const fields = { iblockId, name, xmlId: ref, iblockSectionId: parent ?? 0 };
	if (!section) return { method: 'catalog.section.add', params: { fields } };
	const hasName = holds('text', section.name, name);
	if (hasName && section.iblockSectionId === parent) return null;
	return { method: 'catalog.section.update', params: { id: section.id, fields }, repeatable: true };
};

const levelsOf = (folders: readonly GoodsFolder[]): GoodsFolder[][] => {
	const depth = new Map<string, number>();
	for (const { ref, parent } of folders)
		depth.set(ref, (parent ? (depth.get(parent) ?? 0) : 0) + 1);
	return [...grouped(folders, ({ ref }) => depth.get(ref)).values()];
};

/** Level by level, because a section can stand only in one that exists. */
const pass = async (
	client: Bitrix24Client,
	iblockId: number,
	folders: readonly GoodsFolder[],
	counts: SectionsWritten,
): Promise<boolean> => {
	for (const level of levelsOf(folders)) {
		const known = await readSections(client, iblockId);
		const idOf = (ref: string | null): number | null => (ref && known.get(ref)?.id) || null;
		const commands = level.flatMap((folder) => {
			const command = commandFor(iblockId, folder, idOf(folder.parent), known.get(folder.ref));
			return command ? [command] : [];
		});
		if (commands.length === 0) continue;
		for (const [index, reply] of (await client.batch(commands)).entries()) {
			if ('problem' in reply && reply.problem instanceof UnknownOutcome) return false;
			if ('problem' in reply) throw reply.problem;
			if (commands[index].method === 'catalog.section.add') counts.created += 1;
			else counts.updated += 1;
		}
	}
	return true;
};

const PASSES = 3;

/** @param folders parents before what they hold */
export const writeSections = async (
	client: Bitrix24Client,
	iblockId: number,
	folders: readonly GoodsFolder[],
	dryRun: boolean,
): Promise<SectionsWritten> => {
	const counts: SectionsWritten = { sections: new Map(), created: 0, updated: 0 };
	for (let number = 1; !dryRun && !(await pass(client, iblockId, folders, counts)); number += 1) {
		if (number < PASSES) continue;
		throw new UnknownOutcome(
			'Bitrix24 did not confirm the sections of the catalogue.',
			'Run the synchronisation again: it goes on from where it stopped.',
		);
	}
	const sections = await readSections(client, iblockId);
	for (const [ref, { id }] of sections) counts.sections.set(ref, id);
	return counts;
};
