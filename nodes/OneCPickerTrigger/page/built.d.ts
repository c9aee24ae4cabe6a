/** The page as one script and one style sheet; made by the build (gulpfile.js), and by jest in its own way. */
export const script: string;
export const style: string;
