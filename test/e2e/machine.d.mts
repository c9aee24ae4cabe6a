export declare const e2eDir: string;
export declare const repoDir: string;
export declare function nodePlatformDir(): string | undefined;
export declare function nodePath(): string;
export declare function chromiumPath(): string | undefined;
export declare function serverPath(name: string): string | undefined;
