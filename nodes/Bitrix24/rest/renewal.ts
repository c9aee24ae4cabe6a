/**
 * New tokens for a local application. n8n asks the authorization server, one execution at a time, and stores what it
 * gets; a process that is killed in between, or an answer that is lost, leaves the used refresh token behind
 * [n8n-core 2.41, request-helpers/oauth]. By the vendor's course such a token is worth nothing, by today's pages nobody
 * knows: whoever lost an answer asks again at once, as long as the old token may still be taken.
 *
 * Once the server has refused, only a person helps. It is asked again with growing pauses, because applications that
 * renew all the time may be blocked [Bitrix24 docs, OAuth]; whoever connects the application again stores other tokens,
 * and with those there is nothing to wait for.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { Problem } from '../../exchange/problem';
import { NoAnswer, noAnswerFrom, type Clock } from '../../shared/http';
import { isPauseOver } from '../../shared/repeat';
import { settled } from '../../shared/settled';
import { ToldAlready } from '../../shared/toldAlready';
import { RECONNECT, reconnectInRussian, type Access } from './access';
import { REMEDIES } from './remedies';

export interface Connection {
	/** What the credential is called in n8n. */
	name: string;
	/** As it is stored now: another execution may have renewed it. */
	read(): Promise<Access>;
	/** Asks the authorization server for new tokens and stores them. */
	renew(): Promise<void>;
}

/** The authorization server gives no new tokens for those that are stored. */
class Disconnected extends Problem {
	override name = 'Disconnected';
}

/** What n8n throws when it was refused new tokens; its words may hold secrets, so only the code is taken. */
const refusedSchema = z.object({ body: z.object({ error: z.string().regex(/^\w{3,40}$/) }) });

const OTHER_APPLICATION =
	'Compare client_id and client_secret in the credential with the card of the application in the portal, and connect it again; if the application was deleted there, make it anew.';

/** Refusals that connecting again does not mend by itself [Bitrix24 docs, OAuth, error codes]. */
const WAYS_OUT: Record<string, string> = {
	invalid_client: OTHER_APPLICATION,
	WRONG_CLIENT: OTHER_APPLICATION,
	PAYMENT_REQUIRED: REMEDIES.PAYMENT_REQUIRED,
};

/** Codes of Node's network; n8n's own are EAUTH and ESTATUS. */
const NETWORK = /^(E(CONN|HOST|NET|PIPE|TIMEDOUT|NOTFOUND|AI_)\w*)$/;

/** The server failed, or something else answered in its place: axios' code for 5xx, and n8n's for what is no JSON. */
const FAILED = ['ERR_BAD_RESPONSE', 'ESTATUS'];

const SERVER = 'The authorization server of Bitrix24';

/** What was asked of the portal was not carried out, so nothing is unknown and the next look may ask again. */
const notServed = (what: string, credential: string): Problem =>
	new Problem(
		`${what} The access of the credential "${credential}" was not renewed.`,
		'The exchange will try again. If it stays so, check Authorization Server in the credential, and that n8n reaches it.',
		'Сервер авторизации Битрикс24 не отвечает. Обмен попробует снова сам; если так остается, скажите интегратору.',
	);

const whyNotRenewed = (error: Error | undefined, credential: string): Problem => {
	const network = noAnswerFrom(error);
	if (!(network instanceof NoAnswer)) return network;
	if (NETWORK.test(network.code)) return notServed(network.of(SERVER).message, credential);
	if (FAILED.includes(network.code)) return notServed(`${SERVER} failed.`, credential);
	const refused = refusedSchema.safeParse(error);
	const code = refused.success ? refused.data.body.error : '';
	return new Disconnected(
		`The portal no longer accepts the application, and the access of the credential "${credential}" could not be renewed${code && ` (${code})`}.`,
		WAYS_OUT[code] ?? RECONNECT,
		code in WAYS_OUT
			? undefined
			: `Битрикс24 больше не принимает приложение. ${reconnectInRussian(credential)}`,
	);
};

/** The server may have renewed the tokens, and nobody knows them. */
const isLost = (error: Error | undefined): boolean => {
	const network = noAnswerFrom(error);
	const codes = ['ECONNRESET', 'EPIPE', 'ERR_BAD_RESPONSE'];
	return network instanceof NoAnswer && codes.includes(network.code);
};

/** Milliseconds. Another process may have renewed the tokens and be about to store them. */
const PAUSES = [250, 500, 1_000];

const ask = async (connection: Connection, used: Access, clock: Clock): Promise<Access> => {
	const renew = async () => await settled(async () => await connection.renew());
	let { error } = await renew();
	if (isLost(error)) ({ error } = await renew());
	for (const pause of [0, ...(error ? PAUSES : [])]) {
		if (pause > 0) await clock.sleep(pause);
		const now = await connection.read();
		if (now.token !== used.token) return now;
	}
	throw whyNotRenewed(error, connection.name);
};

const LONGEST_PAUSE = 3_600_000;

/** What all nodes of one n8n process know of tokens that are renewed no more. Tokens themselves are not kept. */
const refused = new Map<string, { times: number; at: number; problem: Disconnected }>();

const digestOf = ({ token }: Access): string => createHash('sha256').update(token).digest('hex');

/** @returns other tokens than those that were used, whoever has stored them */
export const renewed = async (
	connection: Connection,
	used: Access,
	clock: Clock,
): Promise<Access> => {
	const stored = await connection.read();
	if (stored.token !== used.token) return stored;
	const digest = digestOf(used);
	const last = refused.get(digest);
	if (last && !isPauseOver(last, clock.now(), LONGEST_PAUSE)) throw ToldAlready.of(last.problem);
	const { value, error } = await settled(async () => await ask(connection, used, clock));
	if (value) {
		refused.delete(digest);
		return value;
	}
	if (error instanceof Disconnected) {
		refused.set(digest, { times: (last?.times ?? 0) + 1, at: clock.now(), problem: error });
	}
	throw error;
};
