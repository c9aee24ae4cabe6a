/** Stands in for Node's events and streams: a stream that is written to memory at once and heard afterwards. */
type Heard = (...values: unknown[]) => void;

class EventEmitter {
	private readonly heard = new Map<string, Heard[]>();

	on(event: string, heard: Heard): this {
		this.heard.set(event, [...this.listeners(event), heard]);
		return this;
	}

	once(event: string, heard: Heard): this {
		const first: Heard = (...values) => {
			this.removeListener(event, first);
			heard.apply(this, values);
		};
		return this.on(event, first);
	}

	removeListener(event: string, heard: Heard): this {
		this.heard.set(
			event,
			this.listeners(event).filter((known) => known !== heard),
		);
		return this;
	}

	addListener(event: string, heard: Heard): this {
		return this.on(event, heard);
	}

	listeners(event: string): Heard[] {
		return this.heard.get(event) ?? [];
	}

	emit(event: string, ...values: unknown[]): boolean {
		const listeners = this.listeners(event);
		for (const heard of listeners) heard.apply(this, values);
		return listeners.length > 0;
	}
}

class Readable extends EventEmitter {
	private waiting: unknown[] = [];

	/** What was written before anybody listened is told to the first who does. */
	override on(event: string, heard: Heard): this {
		super.on(event, heard);
		if (event !== 'data') return this;
		for (const chunk of this.waiting.splice(0)) heard(chunk);
		return this;
	}

	push(chunk: unknown): boolean {
		if (chunk === null) this.emit('end');
		else if (!this.emit('data', chunk)) this.waiting.push(chunk);
		return true;
	}
}

export = Object.assign(EventEmitter, { EventEmitter, Readable });
