/** Of triggers that are called by what people have set up by hand elsewhere: n8n asks, and there is nothing to do. */
const done = async (): Promise<boolean> => await Promise.resolve(true);

export const noSubscription = { checkExists: done, create: done, delete: done };
