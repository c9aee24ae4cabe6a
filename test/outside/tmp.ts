import { judges } from './scenario';
import { b24jssdk } from './b24jssdk';
import { twoBadBitrix } from './twoBadBitrix';
void (async () => { for (const v of [...await judges(b24jssdk), ...await judges(twoBadBitrix)]) console.log(v.result, '|', v.scenario, '|', v.detail); })();
