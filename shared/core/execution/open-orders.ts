// What becomes of the orders that work when somebody says stop: canceled, or followed to their end.
export const OPEN_ORDERS = ['cancel', 'keep'] as const;
export type OpenOrders = (typeof OPEN_ORDERS)[number];
