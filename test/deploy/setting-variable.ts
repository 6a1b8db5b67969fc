/** Of a function's environment: the file that says where the exchange is, and what time it is there. */
export const SETTING_VARIABLE = 'EVENKEEL_EMULATED_SETTING';
