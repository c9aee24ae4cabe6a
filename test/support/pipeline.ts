/** An example workflow set to another pipeline, as an analyst copies a chain: the pipeline of both tables, and their stages. */
export const forPipeline = <Workflow>(workflow: Workflow, pipeline: number): Workflow =>
	JSON.parse(
		JSON.stringify(workflow)
			.replaceAll('"pipeline":"0"', `"pipeline":"${pipeline}"`)
			.replace(/"stage":"([A-Z][A-Z0-9_]+)"/g, `"stage":"C${pipeline}:$1"`),
	) as Workflow;
