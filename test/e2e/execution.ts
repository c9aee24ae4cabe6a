/**
 * What one run of a workflow looks like in n8n's public API, reduced to the parts a test or demo reads.
 */
export interface ExecutionItem {
	json: Record<string, unknown>;
	error?: unknown;
}

export interface ExecutionError {
	name?: string;
	message: string;
	description?: string | null;
	context?: { itemIndex?: number };
	node?: { name: string };
}

export interface NodeRun {
	executionStatus?: string;
	executionTime?: number;
	error?: ExecutionError;
	/** One list of items per output; an output that got nothing can be null. */
	data?: { main: Array<ExecutionItem[] | null> };
}

export interface Execution {
	id: string;
	workflowId: string;
	mode: string;
	status: string;
	startedAt: string;
	stoppedAt: string | null;
	data?: {
		resultData: {
			runData: Record<string, NodeRun[]>;
			error?: ExecutionError;
			lastNodeExecuted?: string;
		};
	};
}

export interface WorkflowNode {
	id: string;
	name: string;
	type: string;
	typeVersion: number;
	position: [x: number, y: number];
	disabled?: boolean;
	parameters: Record<string, unknown>;
	[field: string]: unknown;
}

export interface Workflow {
	id: string;
	name: string;
	active: boolean;
	nodes: WorkflowNode[];
	connections: Record<string, unknown>;
	settings: Record<string, unknown>;
	[field: string]: unknown;
}

const unfinished = ['new', 'running', 'waiting'];

export const isFinished = (execution: Execution): boolean => !unfinished.includes(execution.status);

/** The items that a node gave on one output, all its runs (a loop has several) in a row. */
export const itemsOf = (
	execution: Execution,
	node: string,
	output = 0,
): Array<Record<string, unknown>> =>
	(execution.data?.resultData.runData[node] ?? []).flatMap((run) =>
		(run.data?.main[output] ?? []).map((item) => item.json),
	);

/** Why the run failed, in n8n's own words. */
export const errorOf = (execution: Execution): ExecutionError | undefined =>
	execution.data?.resultData.error;
