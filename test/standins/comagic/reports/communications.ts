/**
 * `get.communications_report`: everything people did, without phones and addresses: those are in the detail reports.
 * E-mail is not in its list of types (reference §1.2).
 */
import { columnsOf } from '../columns';
import { chatsOf } from './chats';
import { attribution, SHARED } from './attribution';
import { reportMethod } from './report';
import type { Communication } from '../store';

const COLUMNS = columnsOf(
	'id:n/fd',
	SHARED,
	`communication_type:e/fsd date_time:t/fsd person_id:n/fd visitor_session_id:n/fd
	visit_other_campaign:b/f utm_referrer:s/f utm_expid:s/f`,
);

export const communicationsReport = reportMethod<Communication>({
	columns: COLUMNS,
	records: (desk) =>
		[...desk.store.of('call'), ...chatsOf(desk), ...desk.store.of('offline_message')].sort(
			(a, b) => a.at - b.at || a.id - b.id,
		),
	row: (desk, one) => ({
		...attribution(desk, one),
		id: one.id,
		date_time: desk.clock.text(one.at),
	}),
});
