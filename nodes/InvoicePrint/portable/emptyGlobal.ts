/** What libraries find when they look at global objects to learn where they run: nothing. */
export const emptyGlobal = {};
