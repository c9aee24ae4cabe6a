/** Stands in for Node's files: the print node has everything in memory, so a library that reads a file is mistaken. */
const readFileSync = (): never => {
	throw new Error('The print node reads no files.');
};

export = { readFileSync };
