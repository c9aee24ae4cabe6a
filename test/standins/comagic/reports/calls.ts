/**
 * `get.calls_report`: sessions of calls. A call that rings or lasts is shown only with include_ongoing_calls. The
 * start of a call cannot be filtered by, which is why pollers go by the interval.
 * Does not imitate: transfers, scenarios, ratings, voice mail, regions of numbers, the address book.
 */
import { columnsOf } from '../columns';
import type { Desk } from '../desk';
import { fullName, type Call } from '../store';
import type { Fields } from '../values';
import { attribution, SHARED } from './attribution';
import { reportMethod } from './report';

const COLUMNS = columnsOf(
	`id:n/fd start_time:t/sd finish_time:t/d finish_reason:e/fsd direction:e/fsd
	cpn_region_id:n/fsd cpn_region_name:s/fsd cpn_country_name:s/fsd cpn_country_id:s/fsd
	properties:s scenario_operations:a/f source:e/fsd is_lost:b/fsd`,
	SHARED,
	`contact_phone_number:s/fd communication_id:n/fd communication_type:e/d
	wait_duration:n/fd total_wait_duration:n/fd lost_call_processing_duration:n/fs
	talk_duration:n/fd clean_talk_duration:n/fd total_duration:n/fd postprocess_duration:n/f
	call_records:a/d wav_call_records:a/d full_record_file_link:s/d voice_mail_records:a
	virtual_phone_number:s/fsd is_transfer:b/fs employees:a/f
	last_answered_employee_id:n/f last_answered_employee_full_name:s/f last_answered_employee_rating:n/f
	first_answered_employee_id:n/f first_answered_employee_full_name:s/f
	last_talked_employee_id:n/f last_talked_employee_full_name:s/f
	first_talked_employee_id:n/f first_talked_employee_full_name:s/f
	operator_phone_number:s/f scenario_name:s/f scenario_id:n/fs auto_call_campaign_name:s/fs
	site_id:n/fs campaign_id:n/fs visitor_id:n/fs person_id:n/f
	call_api_request_id:n/f call_api_external_id:s/f contact_id:n/f contact_full_name:s/f ext_id:s/fs`,
);

/** Both media hosts of the documentation; the key of a record is made up of the call's ids. */
export const recordOf = ({ id, callSessionId }: Call): { key: string; link: string } => {
	const key = `${callSessionId}${id}`.padStart(24, '0');
	return { key, link: `https://media.comagic.ru/${id}/${key}` };
};

export const isLost = ({ talk, direction }: Call): boolean => direction === 'in' && talk === 0;

const row = (desk: Desk, call: Call): Fields => {
	const { store, clock } = desk;
	const employee = call.employeeId === null ? undefined : store.employee(call.employeeId);
	const talked = employee && call.talk > 0 ? employee : undefined;
	const whole = call.wait + call.talk;
	const { key, link } = recordOf(call);
	const named = (prefix: string): Fields => ({
		[`${prefix}_employee_id`]: talked?.id,
		[`${prefix}_employee_full_name`]: talked ? fullName(talked) : null,
	});
	return {
		...attribution(desk, call),
		id: call.callSessionId,
		start_time: clock.text(call.at),
		finish_time: call.finishedAt === undefined ? null : clock.text(call.finishedAt),
		finish_reason: call.finishReason,
		direction: call.direction,
		source: call.source,
		is_lost: isLost(call),
		properties: call.comment,
		contact_phone_number: call.phone,
		virtual_phone_number: call.virtualNumber,
		wait_duration: call.wait,
		total_wait_duration: call.wait,
		talk_duration: call.talk,
		clean_talk_duration: call.talk,
		total_duration: whole,
		postprocess_duration: 0,
		call_records: talked ? [key] : [],
		wav_call_records: talked ? [key] : [],
		full_record_file_link: talked ? link : null,
		is_transfer: false,
		employees: employee
			? [
					{
						employee_id: employee.id,
						employee_full_name: fullName(employee),
						is_answered: talked !== undefined,
						is_talked: talked !== undefined,
					},
				]
			: [],
		...named('last_answered'),
		...named('first_answered'),
		...named('last_talked'),
		...named('first_talked'),
		operator_phone_number: talked?.phone,
	};
};

export const callsReport = reportMethod<Call>({
	columns: COLUMNS,
	more: { include_ongoing_calls: 'boolean' },
	records: ({ store }, params) =>
		store
			.of('call')
			.filter(
				({ finishedAt }) => finishedAt !== undefined || params.include_ongoing_calls === true,
			),
	row,
});
