/**
 * A port the portal listens on.
 * Imitates: https with a certificate of its own; plain http to the same port is told "Https required"
 * (`_includes/system-errors.md`); an address the portal has left answers 302 (change-domen.md).
 * Does not imitate: HTTP/2, nginx's own error pages.
 */
import { createServer as createHttp } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { createServer as createTcp } from 'node:net';
import type { AddressInfo, Server as TcpServer, Socket } from 'node:net';
import type { Certificate } from './certificate';
import { json, sendReply } from './reply';

const HOST = '127.0.0.1';
/** The first byte of a TLS handshake. */
const TLS_HANDSHAKE = 0x16;

export interface ListenerParts {
	port: number;
	certificate: Certificate | undefined;
	/** Connections are cut at once while this is true. */
	isDown: () => boolean;
	receives: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
}

export class Listener {
	/** Where the portal lives now, once it has moved away from this address. */
	movedTo: string | undefined;
	private readonly sockets = new Set<Socket>();

	private constructor(
		private readonly server: TcpServer,
		readonly origin: string,
	) {}

	static async open(parts: ListenerParts): Promise<Listener> {
		const { certificate } = parts;
		const plain = createHttp();
		const secure = certificate && createHttps({ key: certificate.key, cert: certificate.cert });
		const front = createTcp({ pauseOnConnect: true });
		await new Promise<void>((ready, failed) => {
			front.once('error', failed);
			front.listen(parts.port, HOST, ready);
		});
		const { port } = front.address() as AddressInfo;
		const listener = new Listener(front, `${secure ? 'https' : 'http'}://${HOST}:${port}`);
		front.on('connection', (socket) => listener.connects(socket, parts.isDown(), plain, secure));
		if (secure) {
			listener.serves(secure, parts.receives);
			listener.serves(plain, refusesPlain);
		} else {
			listener.serves(plain, parts.receives);
		}
		return listener;
	}

	cutAll(): void {
		for (const socket of this.sockets) socket.resetAndDestroy();
	}

	async close(): Promise<void> {
		await new Promise<void>((closed) => {
			this.server.close(() => closed());
			this.cutAll();
		});
	}

	private connects(socket: Socket, down: boolean, plain: Server, secure: Server | undefined): void {
		socket.on('error', () => socket.destroy());
		if (down) {
			socket.resetAndDestroy();
			return;
		}
		this.sockets.add(socket);
		socket.once('close', () => this.sockets.delete(socket));
		if (!secure) {
			plain.emit('connection', socket);
			socket.resume();
			return;
		}
		socket.once('data', (start: Buffer) => {
			socket.pause();
			socket.unshift(start);
			(start[0] === TLS_HANDSHAKE ? secure : plain).emit('connection', socket);
			process.nextTick(() => socket.resume());
		});
		socket.resume();
	}

	private serves(server: Server, receives: ListenerParts['receives']): void {
		server.on('request', (request: IncomingMessage, response: ServerResponse) => {
			if (this.movedTo !== undefined) {
				request.resume();
				sendReply(response, {
					kind: 'redirect',
					location: `${this.movedTo}${request.url ?? '/'}`,
				});
				return;
			}
			// Whatever happens to one request must not end the process.
			receives(request, response).catch(() => request.socket.destroy());
		});
		server.on('clientError', (_error: Error, socket: Socket) => {
			if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
			else socket.destroy();
		});
		server.on('tlsClientError', (_error: Error, socket: Socket) => socket.destroy());
	}
}

async function refusesPlain(request: IncomingMessage, response: ServerResponse): Promise<void> {
	request.resume();
	const refusal = { error: 'INVALID_REQUEST', error_description: 'Https required' };
	sendReply(response, json(refusal, 400));
	await Promise.resolve();
}
