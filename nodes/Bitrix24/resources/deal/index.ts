import type { Resource } from '../../../shared/operation';
import type { Bitrix24Client } from '../../client';
import { get } from './get';
import { getMany } from './getMany';
import { moveToStage } from './moveToStage';
import { update } from './update';
import { writePickerLink } from './writePickerLink';

export const deal: Resource<Bitrix24Client> = {
	value: 'deal',
	name: 'Deal (Сделка)',
	operations: [get, getMany, moveToStage, update, writePickerLink],
};
