import { LEAD_CARD } from '../../cards/cardKinds';
import { cardResource } from '../card/cardResource';
import { convertToDeal } from './convertToDeal';
import { createOrEnrich } from './createOrEnrich';

export const lead = cardResource(LEAD_CARD, [createOrEnrich, convertToDeal]);
