/**
 * `get.offline_messages_report`: requests left on the site. By the documentation's table its `date_time` is neither
 * shown by default nor sortable nor filterable.
 * Does not imitate: technical messages behind include_tech_offline_messages, groups, letters of employees.
 */
import { columnsOf } from '../columns';
import type { Desk } from '../desk';
import { phoneColumn } from '../phone';
import { fullName, type OfflineMessage } from '../store';
import type { Fields } from '../values';
import { attribution, SHARED } from './attribution';
import { reportMethod } from './report';

const COLUMNS = columnsOf(
	'id:n/fd date_time:t text:s/d',
	SHARED,
	`communication_id:n/fd is_agree_to_process_personal_data:b/d is_agree_to_mailing:b/d
	status:e/fsd process_time:t form_type:e/fsd form_name:s/fs ymclid:s/f properties:s/d
	group_id:n/fs group_name:s/fs employee_id:n/fsd employee_full_name:s/fs
	employee_answer_message:s employee_comment:s
	visitor_phone_number:n/fd visitor_email:s/fd visitor_name:s/fd visitor_session_id:n/fd ext_id:s/fs`,
);

const row = (desk: Desk, message: OfflineMessage): Fields => {
	const { store, clock, switches } = desk;
	const { employeeId, processedAt } = message;
	return {
		...attribution(desk, message),
		id: message.messageId,
		date_time: clock.text(message.at),
		text: message.text,
		is_agree_to_process_personal_data: true,
		is_agree_to_mailing: false,
		status: message.status,
		process_time: processedAt === undefined ? null : clock.text(processedAt),
		form_type: message.form.type,
		form_name: message.form.name,
		employee_id: employeeId,
		employee_full_name: employeeId === null ? null : fullName(store.employee(employeeId)),
		employee_comment: message.comment,
		visitor_phone_number: phoneColumn(switches, message.phone),
		visitor_email: message.email,
		visitor_name: message.name,
	};
};

export const offlineMessagesReport = reportMethod<OfflineMessage>({
	columns: COLUMNS,
	more: { include_tech_offline_messages: 'boolean' },
	records: ({ store }) => store.of('offline_message'),
	row,
});
