/** The rules of smart collections; pure. */

/** @typedef {{ field: string, op: string, value?: string | number | boolean }} Condition */
/** @typedef {{ match: "all" | "any", conditions: Condition[], sort: string, descending: boolean, limit: number | null }} Rule */

export {};
