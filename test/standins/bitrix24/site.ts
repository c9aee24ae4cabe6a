/**
 * Where the portal can be reached. Addresses are not constant: a portal can be renamed.
 */
export interface Site {
	/** http(s)://host:port of the portal itself. */
	origin: string;
	/** The authorization server is another host than the portal, as in the cloud. */
	oauthOrigin: string;
	memberId: string;
}

export function domainOf(origin: string): string {
	return new URL(origin).host;
}

/** What every answer and event says about the addresses of the two servers. */
export function endpoints({ origin, oauthOrigin }: Site): {
	client_endpoint: string;
	server_endpoint: string;
} {
	return { client_endpoint: `${origin}/rest/`, server_endpoint: `${oauthOrigin}/rest/` };
}
