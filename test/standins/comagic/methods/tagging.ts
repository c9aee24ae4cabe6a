/** `set.tag_communications` and its opposite: a communication is named by its id or by the id of the client's system. */
import type { Desk, Method, Methods } from '../desk';
import { checkParams, type Shape } from '../params';
import { Refusal } from '../refusal';
import type { Communication } from '../store';
import type { Fields } from '../values';

const SHAPE: Shape = {
	communication_id: 'number',
	communication_ext_id: 'string',
	communication_type: 'string!',
	tag_id: 'number!',
};
const TYPES = ['chat', 'call', 'goal', 'offline_message'];

export const taggingMethods: Methods = {
	'set.tag_communications': tagging((desk, one, tagId) => {
		if (one.tags.some((tag) => tag.tagId === tagId)) return;
		one.tags.push({ tagId, at: desk.clock.now(), employeeId: null });
		desk.notifications.tell('tagSet', one);
	}),
	'unset.tag_communications': tagging((_desk, one, tagId) => {
		one.tags = one.tags.filter((tag) => tag.tagId !== tagId);
	}),
};

function tagging(change: (desk: Desk, one: Communication, tagId: number) => void): Method {
	return (desk, params) => {
		checkParams(params, SHAPE);
		const one = communicationIn(desk, params);
		const tag = desk.store.tags.find(({ id }) => id === params.tag_id);
		if (!tag) throw new Refusal('entity_not_found', { field: 'tag_id', value: params.tag_id });
		change(desk, one, tag.id);
		return {};
	};
}

const communicationIn = ({ store }: Desk, params: Fields): Communication => {
	const { communication_id: id, communication_ext_id: extId, communication_type: type } = params;
	if (!TYPES.includes(String(type)))
		throw new Refusal('invalid_parameter_value', { field: 'communication_type', value: type });
	if (id === undefined && extId === undefined)
		throw new Refusal('required_parameter_missed', { field: 'communication_id' });
	const found = store.communications.find(
		(one) => one.type === type && (id === undefined ? one.extId === extId : one.id === id),
	);
	if (!found)
		throw new Refusal('entity_not_found', { field: 'communication_id', value: id ?? extId });
	return found;
};
